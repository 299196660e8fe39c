import { csvRows } from './csv-rows.js';
import { Doubles } from './doubles.js';
import type { ImportFormat } from './import-file.js';
import { jsonlRows } from './jsonl-rows.js';
import type { ReadRow } from './read-row.js';

/** Where a file is, and how it is written. */
export interface UserFile {
  readonly path: string;
  readonly format: ImportFormat;
}

/** Rows of a file that are taken together. */
export interface RowBatch {
  readonly rows: readonly ReadRow[];
  /** How many bytes of the file have been read. */
  readonly bytes: number;
}

/** The rows of a file, `size` at a time, the last ones fewer; a row that is there twice is at fault. */
export async function* rowBatches(
  { path, format }: UserFile,
  now: number,
  size: number,
): AsyncGenerator<RowBatch> {
  const doubles = new Doubles();
  let bytes = 0;
  let waiting: ReadRow[] = [];
  const read = (count: number) => void (bytes += count);
  for await (const rows of format === 'csv' ? csvRows(path, now, read) : jsonlRows(path, now, read)) {
    for (const row of rows) waiting.push(single(row, doubles));
    while (waiting.length >= size) {
      yield { rows: waiting.slice(0, size), bytes };
      waiting = waiting.slice(size);
    }
  }
  if (waiting.length > 0) yield { rows: waiting, bytes };
}

function single(row: ReadRow, doubles: Doubles): ReadRow {
  if (row.arrival === null) return row;
  const faults = doubles.faultsOf(row.arrival, row.line);
  return faults.length > 0 ? { line: row.line, arrival: null, faults } : row;
}
