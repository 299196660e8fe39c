import { duplicateFaults, type KnownDocument } from './duplicate-faults.js';
import { ManifestsFaulty, type ManifestFault } from './manifest-faults.js';
import { readManifestFiles, type ManifestDocument } from './manifest-files.js';
import type { ManifestKind } from './manifest-kind.js';
import { schemaFaults } from './schema-faults.js';

/** A valid document: what it declares, and where. */
export interface Manifest {
  readonly kind: ManifestKind;
  readonly document: ManifestDocument;
  readonly value: unknown;
}

/**
 * Reads and validates every manifest of a folder.
 * @throws ManifestsFaulty with every fault of the whole set at once.
 */
export async function readManifests(folder: string, kinds: readonly ManifestKind[]): Promise<Manifest[]> {
  const { documents, faults: fileFaults } = await readManifestFiles(folder);
  const schemas = new Map(kinds.map((kind) => [kind, kind.schema(folder)]));
  const faults: ManifestFault[] = [...fileFaults];
  const known: KnownDocument[] = [];
  const manifests: Manifest[] = [];
  for (const document of documents) {
    const fault = (field: string, message: string) =>
      faults.push({ file: document.file, document: document.index, field, message });
    const name = kindOf(document.value);
    const kind = kinds.find((candidate) => candidate.kind === name);
    const schema = kind && schemas.get(kind);
    if (name === null) fault('', 'must be a mapping with apiVersion, kind, metadata and spec');
    else if (!kind || !schema) fault('kind', `must be one of ${kinds.map((one) => one.kind).join(', ')}`);
    else {
      known.push({ kind, document });
      const parsed = await schema.safeParseAsync(document.value);
      if (parsed.success) manifests.push({ kind, document, value: parsed.data });
      else for (const { field, message } of schemaFaults(parsed.error.issues)) fault(field, message);
    }
  }
  faults.push(...duplicateFaults(known));
  if (faults.length > 0) throw new ManifestsFaulty(inOrder(faults));
  return manifests;
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
