import { createReadStream } from 'node:fs';
import { CsvError, parse } from 'csv-parse';
import { COLUMNS_BY_NAME, type AnyColumn } from './columns.js';
import { ImportFileFaulty, LONGEST_ROW } from './import-file.js';
import { refuseColumn } from './refuse-column.js';
import { RowReader, type ReadRow } from './read-row.js';

const CHUNK = 64 * 1024;

interface RawRow {
  readonly line: number;
  readonly cells: readonly string[];
}

/**
 * The rows of a CSV file (RFC 4180) with a header, some at a time, in order. An empty line is no row.
 * @param read told how many bytes have been read
 * @throws ImportFileFaulty for a header that is not one before any row is given, and for a row after
 *   which nothing could be told any more: with an open quote, or too long
 */
export async function* csvRows(
  path: string,
  now: number,
  read: (bytes: number) => void,
): AsyncGenerator<ReadRow[]> {
  const reader = new RowReader(now);
  let columns: readonly AnyColumn[] | null = null;
  for await (const rows of rawRows(path, read)) {
    const found = columns === null ? rows.shift() : undefined;
    if (found) columns = columnsOf(found);
    const known = columns;
    if (known !== null && rows.length > 0) yield rows.map((row) => readRow(reader, known, row));
  }
  if (columns === null) throw new ImportFileFaulty(null, 'the file has no header');
}

function readRow(reader: RowReader, columns: readonly AnyColumn[], { line, cells }: RawRow): ReadRow {
  if (cells.length === columns.length) {
    for (const [index, column] of columns.entries()) reader.takeText(column, cells[index] ?? '');
  } else {
    reader.refuse(`has ${cells.length} cells, the header has ${columns.length}`);
  }
  return reader.end(line);
}

function columnsOf({ line, cells }: RawRow): AnyColumn[] {
  const columns = cells.map(
    (name, index) => COLUMNS_BY_NAME.get(name) ?? refuseColumn(line, name, index + 1),
  );
  const twice = cells.find((name, index) => cells.indexOf(name) !== index);
  if (twice !== undefined) throw new ImportFileFaulty(line, `the column ${twice} is there twice`);
  return columns;
}

async function* rawRows(path: string, read: (bytes: number) => void): AsyncGenerator<RawRow[]> {
  let rows: RawRow[] = [];
  let ended = 0;
  const parser = parse({
    bom: true,
    record_delimiter: ['\n', '\r\n'],
    relax_column_count: true,
    max_record_size: LONGEST_ROW,
    on_record: (cells: string[]) => {
      if (cells.length > 1 || cells[0] !== '') rows.push({ line: ended + 1, cells });
      ended += linesIn(cells);
      return null;
    },
  });
  let fault: unknown = null;
  parser.on('error', (error) => (fault = error));
  for await (const chunk of createReadStream(path, { highWaterMark: CHUNK }) as AsyncIterable<Buffer>) {
    read(chunk.length);
    await new Promise<void>((resolve) => parser.write(chunk, () => resolve()));
    if (rows.length > 0) yield rows;
    rows = [];
    if (fault !== null) throw inWords(fault, ended + 1);
  }
  await new Promise<void>((resolve) => parser.end(() => resolve()).once('error', () => resolve()));
  if (rows.length > 0) yield rows;
  if (fault !== null) throw inWords(fault, ended + 1);
}

/** How many lines of the file these cells take: the parser counts CR and LF within quotes as two. */
function linesIn(cells: readonly string[]): number {
  let lines = 1;
  for (const cell of cells) if (cell.includes('\n')) lines += cell.split('\n').length - 1;
  return lines;
}

function inWords(error: unknown, line: number): unknown {
  if (!(error instanceof CsvError)) return error;
  const words: Readonly<Record<string, string>> = {
    CSV_MAX_RECORD_SIZE: `the row has over ${LONGEST_ROW / 1024} KiB; is a quote left open?`,
    CSV_QUOTE_NOT_CLOSED: 'a quote is left open',
    CSV_INVALID_CLOSING_QUOTE: 'there is text after a closing quote; a quote within quotes is written twice',
    INVALID_OPENING_QUOTE: 'there is a quote within a cell that does not begin with one',
  };
  return new ImportFileFaulty(line, words[error.code] ?? 'this is no CSV');
}
