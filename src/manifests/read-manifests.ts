import { duplicateFaults } from './duplicate-faults.js';
import { ManifestsFaulty, type ManifestFault } from './manifest-faults.js';
import { readManifestFiles } from './manifest-files.js';
import type { ManifestKind } from './manifest-kind.js';
import { resolveManifests, type Manifest, type ValidatedDocument } from './resolve-manifests.js';
import { schemaFaults } from './schema-faults.js';

/**
 * Reads, validates and resolves every manifest of a folder.
 * @throws ManifestsFaulty with every fault of the whole set at once.
 */
export async function readManifests(
  folder: string,
  kinds: readonly ManifestKind[],
): Promise<readonly Manifest[]> {
  const { documents, faults: fileFaults } = await readManifestFiles(folder);
  const schemas = new Map(kinds.map((kind) => [kind, kind.schema(folder)]));
  const faults: ManifestFault[] = [...fileFaults];
  const known: ValidatedDocument[] = [];
  for (const document of documents) {
    const fault = (field: string, message: string) =>
      faults.push({ file: document.file, document: document.index, field, message });
    const name = kindOf(document.value);
    const kind = kinds.find((candidate) => candidate.kind === name);
    const schema = kind && schemas.get(kind);
    if (name === null) fault('', 'must be a mapping with apiVersion, kind, metadata and spec');
    else if (!kind || !schema) fault('kind', `must be one of ${kinds.map((one) => one.kind).join(', ')}`);
    else {
      const parsed = await schema.safeParseAsync(document.value);
      known.push({ kind, document, value: parsed.data });
      for (const { field, message } of schemaFaults(parsed.error?.issues ?? [])) fault(field, message);
    }
  }
  const resolved = resolveManifests(known);
  faults.push(...resolved.faults, ...duplicateFaults(known));
  if (faults.length > 0) throw new ManifestsFaulty(inOrder(faults));
  return resolved.manifests;
}

/** The document's `kind`, undefined when it has none, null when the document is no mapping. */
function kindOf(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return null;
  return 'kind' in value ? (value.kind ?? undefined) : undefined;
}

/** As somebody reads the files: by file, then by document; within one as they were found. */
function inOrder(faults: readonly ManifestFault[]): ManifestFault[] {
  return [...faults].sort((one, other) => {
    if (one.file !== other.file) return one.file < other.file ? -1 : 1;
    return (one.document ?? 0) - (other.document ?? 0);
  });
}
