import type { IncomingMessage } from 'node:http';
import type { MultipartFile } from '@fastify/multipart';
import type { FastifyRequest } from 'fastify';
import { DomainError } from '../../common/domain-error.js';
import { inspectBody } from '../body-inspection.js';
import { BodyTooLarge, MalformedBody, RequestTimedOut } from '../http.errors.js';
import { UPLOAD_IDLE } from '../limits.js';

/** A part that was sent as a file. Its name and declared type are its sender's word and are not kept. */
export class UploadedFile {
  constructor(readonly bytes: Buffer) {}
}

/** The files that a handler takes, by the names of their parts, each of at most `bytes`. */
export interface TakenFiles {
  readonly names: readonly string[];
  readonly bytes: number;
}

const KIB = 1024;
const LIMITS = {
  fieldNameSize: 100,
  // What is longer is cut there, which is longer than any text that a document takes.
  fieldSize: 64 * KIB,
  fields: 20,
  files: 10,
  parts: 30,
  headerPairs: 20,
  headerSize: 8 * KIB,
};
/** What texts, headers and parts that nobody takes may have beside the files. */
const ROOM = 1024 * KIB;

/**
 * The values of a multipart body by the names of their parts, as a form's body has them: texts, files, and
 * for a name given twice a list. Files that are not taken are read past, and are empty. When it throws, the
 * rest of the body is read past too, so that the caller has his answer.
 * @param idle how long, in ms, nothing of the body may come.
 * @throws MalformedBody, also when the caller has gone before his body was whole; BodyTooLarge for a file
 *   or a body that is too long, or for too many parts; RequestTimedOut
 */
export async function readMultipart(
  request: FastifyRequest,
  taken: TakenFiles,
  idle: number = UPLOAD_IDLE,
): Promise<Record<string, unknown>> {
  const { raw } = request;
  const longest = taken.names.length * taken.bytes + ROOM;
  if (Number(raw.headers['content-length'] ?? 0) > longest) throw new BodyTooLarge();
  if (raw.destroyed) throw new MalformedBody();
  const watch = watchStall(raw, idle);
  try {
    return await Promise.race([collect(request, taken), overflow(raw, longest), watch.stalled]);
  } catch (fault) {
    raw.unpipe();
    raw.resume();
    throw refusalOf(fault);
  } finally {
    watch.end();
  }
}

async function collect(request: FastifyRequest, taken: TakenFiles): Promise<Record<string, unknown>> {
  const values: Record<string, unknown> = {};
  const options = {
    limits: { ...LIMITS, fileSize: taken.bytes },
    throwFileSizeLimit: false,
    isPartAFile,
  };
  for await (const part of request.parts(options)) {
    const value = part.type === 'file' ? await fileOf(part, taken) : textOf(part.value);
    const before = Object.hasOwn(values, part.fieldname) ? [values[part.fieldname]].flat() : [];
    values[part.fieldname] = before.length > 0 ? [...before, value] : value;
  }
  return values;
}

/** By its file name, or by a type that no text has. */
function isPartAFile(_name: string | undefined, type: string | undefined, fileName: string | undefined) {
  return fileName !== undefined || type === 'application/octet-stream' || /^image\//.test(type ?? '');
}

async function fileOf({ fieldname, file }: MultipartFile, { names }: TakenFiles): Promise<UploadedFile> {
  const isTaken = names.includes(fieldname);
  const chunks: Buffer[] = [];
  for await (const chunk of file) {
    if (isTaken) chunks.push(chunk as Buffer);
    if (isTaken && file.truncated) throw new BodyTooLarge();
  }
  if (isTaken && file.truncated) throw new BodyTooLarge();
  return new UploadedFile(Buffer.concat(chunks));
}

/** A text, or what a part of type JSON says. This character stands where bytes were no UTF-8. */
function textOf(value: unknown): unknown {
  inspectBody(value);
  if (typeof value === 'string' && value.includes('\uFFFD')) throw new MalformedBody();
  return value;
}

/** Rejects as soon as the body is longer than that. Must be called in the turn that begins to read it. */
function overflow(raw: IncomingMessage, longest: number): Promise<never> {
  let length = 0;
  return new Promise((_, reject) => {
    raw.on('data', (chunk: Buffer) => {
      length += chunk.length;
      if (length > longest) reject(new BodyTooLarge());
    });
  });
}

/** Rejects as soon as nothing has come for that long. Must be called in the turn that begins to read it. */
function watchStall(raw: IncomingMessage, idle: number) {
  let end = () => undefined as void;
  const stalled = new Promise<never>((_, reject) => {
    const timer = setTimeout(() => reject(new RequestTimedOut()), idle);
    const onData = () => void timer.refresh();
    raw.on('data', onData);
    end = () => {
      clearTimeout(timer);
      raw.off('data', onData);
    };
  });
  return { stalled, end };
}

function refusalOf(fault: unknown): DomainError {
  if (fault instanceof DomainError) return fault;
  const { statusCode } = fault as { readonly statusCode?: unknown };
  return statusCode === 413 ? new BodyTooLarge() : new MalformedBody();
}
