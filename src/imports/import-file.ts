/** The formats of files of users. */
export const IMPORT_FORMATS = ['csv', 'jsonl'] as const;

export type ImportFormat = (typeof IMPORT_FORMATS)[number];

/** The format that the name of a file tells; null when it tells none. */
export function formatOf(path: string): ImportFormat | null {
  if (/\.csv$/i.test(path)) return 'csv';
  return /\.(jsonl|ndjson)$/i.test(path) ? 'jsonl' : null;
}

/** No row is longer, in bytes: a quote that is never closed does not swallow the rest of a file. */
export const LONGEST_ROW = 128 * 1024;

/** A file that cannot be gone on with: what it is about and, where that can be told, at which line. */
export class ImportFileFaulty extends Error {
  constructor(
    readonly line: number | null,
    readonly why: string,
  ) {
    super(line === null ? why : `line ${line}: ${why}`);
    this.name = 'ImportFileFaulty';
  }
}
