import { isUtf8 } from 'node:buffer';
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { ImportFileFaulty } from './import-file.js';

const NEW_LINE = 0x0a;
const CHUNK = 1024 * 1024;

/** What a whole file was found to be: SHA-256 of its content, and its length in bytes. */
export interface ScannedFile {
  readonly digest: string;
  readonly bytes: number;
}

/**
 * Reads a file once, from end to end: nothing of one that is not text in UTF-8 is used.
 * @throws ImportFileFaulty for one that is empty, compressed, binary, or not UTF-8, with the line
 */
export async function scanFile(path: string): Promise<ScannedFile> {
  const hash = createHash('sha256');
  let [bytes, line] = [0, 1];
  // A chunk may end within a line, and so within a character.
  let rest = Buffer.alloc(0);
  for await (const chunk of createReadStream(path, { highWaterMark: CHUNK }) as AsyncIterable<Buffer>) {
    if (bytes === 0) refuseForeign(chunk);
    bytes += chunk.length;
    hash.update(chunk);
    const end = chunk.lastIndexOf(NEW_LINE) + 1;
    const whole = rest.length > 0 ? Buffer.concat([rest, chunk.subarray(0, end)]) : chunk.subarray(0, end);
    if (end > 0) {
      line = passed(whole, line);
      rest = Buffer.from(chunk.subarray(end));
    } else {
      rest = Buffer.concat([rest, chunk]);
    }
    if (rest.length > CHUNK) throw new ImportFileFaulty(line, 'has over 1 MiB: this is no file of users');
  }
  passed(rest, line);
  if (bytes === 0) throw new ImportFileFaulty(null, 'the file is empty');
  return { digest: hash.digest('hex'), bytes };
}

function refuseForeign(start: Buffer): void {
  if (start[0] === 0x1f && start[1] === 0x8b) {
    throw new ImportFileFaulty(null, 'the file is compressed: run gunzip first');
  }
  const [first, second] = start;
  if ((first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff)) {
    throw new ImportFileFaulty(null, 'the file is UTF-16: it has to be UTF-8');
  }
}

/** The number of the line after these whole lines, of which the first has the number `line`. */
function passed(lines: Buffer, line: number): number {
  if (!isUtf8(lines) || lines.includes(0)) throw faultIn(lines, line);
  let next = line;
  for (let at = lines.indexOf(NEW_LINE); at !== -1; at = lines.indexOf(NEW_LINE, at + 1)) next += 1;
  return next;
}

function faultIn(lines: Buffer, first: number): ImportFileFaulty {
  let [line, start] = [first, 0];
  for (;;) {
    const end = lines.indexOf(NEW_LINE, start);
    const one = lines.subarray(start, end === -1 ? lines.length : end);
    if (one.includes(0)) return new ImportFileFaulty(line, 'holds a NUL byte: the file is not text');
    if (!isUtf8(one) || end === -1) return new ImportFileFaulty(line, 'is not UTF-8');
    line += 1;
    start = end + 1;
  }
}
