import { createReadStream } from 'node:fs';
import { COLUMNS_BY_NAME } from './columns.js';
import { LONGEST_ROW } from './import-file.js';
import { refuseColumn } from './refuse-column.js';
import { RowReader, type ReadRow } from './read-row.js';

const NEW_LINE = 0x0a;
const CHUNK = 64 * 1024;
const BYTE_ORDER_MARK = '\uFEFF';

interface Line {
  readonly line: number;
  /** Null for one that is too long. */
  readonly text: string | null;
}

/**
 * The rows of a file of JSON Lines, one object a line, some at a time, in order. An empty line is no row.
 * @param read told how many bytes have been read
 * @throws ImportFileFaulty for a field that there is not
 */
export async function* jsonlRows(
  path: string,
  now: number,
  read: (bytes: number) => void,
): AsyncGenerator<ReadRow[]> {
  const reader = new RowReader(now);
  for await (const lines of linesOf(path, read)) {
    const rows = lines.filter(({ text }) => text === null || text.trim() !== '');
    if (rows.length > 0) yield rows.map((row) => readRow(reader, row));
  }
}

/** Looks for fields that there are not, before anything is made of the file. @throws ImportFileFaulty */
export async function checkJsonlFields(path: string): Promise<void> {
  for await (const lines of linesOf(path, () => undefined)) {
    for (const { line, text } of lines) {
      for (const [index, name] of Object.keys((text === null ? null : parsed(text)) ?? {}).entries()) {
        if (!COLUMNS_BY_NAME.has(name)) refuseColumn(line, name, index + 1);
      }
    }
  }
}

function readRow(reader: RowReader, { line, text }: Line): ReadRow {
  const fields = text === null ? null : parsed(text);
  if (text === null) reader.refuse(`has over ${LONGEST_ROW / 1024} KiB`);
  else if (fields === null) reader.refuse('is no JSON object');
  for (const [index, [name, value]] of Object.entries(fields ?? {}).entries()) {
    reader.takeJson(COLUMNS_BY_NAME.get(name) ?? refuseColumn(line, name, index + 1), value);
  }
  return reader.end(line);
}

function parsed(text: string): object | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && !Array.isArray(value) ? value : null;
  } catch {
    return null;
  }
}

async function* linesOf(path: string, read: (bytes: number) => void): AsyncGenerator<Line[]> {
  let line = 0;
  let rest = Buffer.alloc(0);
  const next = (bytes: Buffer): Line => {
    line += 1;
    if (bytes.length > LONGEST_ROW) return { line, text: null };
    const text = bytes.toString('utf8');
    return { line, text: line === 1 && text.startsWith(BYTE_ORDER_MARK) ? text.slice(1) : text };
  };
  for await (const chunk of createReadStream(path, { highWaterMark: CHUNK }) as AsyncIterable<Buffer>) {
    read(chunk.length);
    const lines: Line[] = [];
    let start = 0;
    for (let end = chunk.indexOf(NEW_LINE); end !== -1; end = chunk.indexOf(NEW_LINE, start)) {
      const piece = chunk.subarray(start, end);
      lines.push(next(rest.length > 0 ? Buffer.concat([rest, piece]) : piece));
      rest = Buffer.alloc(0);
      start = end + 1;
    }
    // Of a line that is too long already, no more is kept than shows it.
    if (rest.length <= LONGEST_ROW) rest = Buffer.concat([rest, chunk.subarray(start)]);
    yield lines;
  }
  if (rest.length > 0) yield [next(rest)];
}
