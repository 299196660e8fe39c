import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { ManifestFault } from './manifest-faults.js';
import { readYamlDocuments } from './yaml-documents.js';

/** One YAML document of the folder, not yet validated. */
export interface ManifestDocument {
  readonly file: string;
  /** Place in the file, from 1. */
  readonly index: number;
  readonly value: unknown;
}

/** The documents that could be read, and what could not. */
export interface ManifestFiles {
  readonly documents: readonly ManifestDocument[];
  readonly faults: readonly ManifestFault[];
}

const MAX_FILE_BYTES = 5 * 1024 * 1024;

/**
 * Reads every `*.yaml` and `*.yml` of a folder, in order of their names; not folders below it, nor
 * hidden files. Links are followed: that is how Kubernetes mounts files. Empty documents are left
 * out. Never throws for what stands in the folder: each fault is in `faults`.
 */
export async function readManifestFiles(folder: string): Promise<ManifestFiles> {
  const documents: ManifestDocument[] = [];
  const faults: ManifestFault[] = [];
  let names: string[];
  try {
    names = await readdir(folder);
  } catch (error) {
    return { documents, faults: [{ file: folder, message: folderFault(error) }] };
  }
  for (const file of names.filter((name) => /^[^.].*\.ya?ml$/s.test(name)).sort()) {
    const read = await readManifestFile(folder, file);
    documents.push(...read.documents);
    faults.push(...read.faults);
  }
  return { documents, faults };
}

async function readManifestFile(folder: string, file: string): Promise<ManifestFiles> {
  const text = await readText(join(folder, file));
  if (text === null) return { documents: [], faults: [] };
  if (typeof text !== 'string') return { documents: [], faults: [{ file, message: text.fault }] };
  const read = readYamlDocuments(text);
  return {
    documents: read.filter(({ value }) => value !== null).map(({ index, value }) => ({ file, index, value })),
    faults: read.flatMap(({ index, faults }) => faults.map((fault) => ({ file, document: index, ...fault }))),
  };
}

/** The file's text, null for a folder, or what is wrong with it. */
async function readText(path: string): Promise<string | { readonly fault: string } | null> {
  try {
    const found = await stat(path);
    if (found.isDirectory()) return null;
    if (!found.isFile()) return { fault: 'is not a regular file' };
    if (found.size > MAX_FILE_BYTES) return { fault: 'is larger than 5 MiB' };
    return new TextDecoder('utf-8', { fatal: true }).decode(await readFile(path));
  } catch (error) {
    if (codeOf(error) === 'ERR_ENCODING_INVALID_ENCODED_DATA') return { fault: 'is not UTF-8 text' };
    return { fault: `cannot be read (${codeOf(error)})` };
  }
}

function folderFault(error: unknown): string {
  return codeOf(error) === 'ENOENT'
    ? 'the folder that MANIFESTS_DIR names does not exist'
    : `the folder that MANIFESTS_DIR names cannot be read (${codeOf(error)})`;
}

function codeOf(error: unknown): string {
  return (error as NodeJS.ErrnoException).code ?? 'unknown fault';
}
