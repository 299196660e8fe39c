import { Readable } from 'node:stream';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { ExportDocument } from './export-person.service.js';

/**
 * Sends a document as it is written, no faster than it is taken: of one that cannot be finished the
 * connection is cut, and for a caller who has hung up nothing more is read.
 * @param now in ms since 1970: its day is in the name of the file
 */
export function sendExport(
  request: FastifyRequest,
  reply: FastifyReply,
  document: ExportDocument,
  now: number,
): void {
  const day = new Date(now).toISOString().slice(0, 10);
  void reply.type('application/json; charset=utf-8').headers({
    'content-disposition': `attachment; filename="gatehouse-${day}.json"`,
    'cache-control': 'no-store',
  });
  // Fastify would read all of it to answer a HEAD.
  void reply.send(request.method === 'HEAD' ? '' : Readable.from(document, { objectMode: false }));
}
