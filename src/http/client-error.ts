import { STATUS_CODES, type ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { SECOND } from '../common/clock.js';
import type { ErrorReplies, WireReply } from './error-replies.js';

/** What Node's HTTP parser reports; `rawPacket` is the last packet that it read. */
export interface ClientError extends Error {
  readonly code?: string;
  readonly rawPacket?: unknown;
}

/** The answer that Node is writing on a connection, if any: Node has no public name for it. */
type HttpSocket = Socket & { readonly _httpMessage?: ServerResponse | null };

const LINGER = SECOND;

/**
 * Answers what is not HTTP, or too much of it, and closes the connection. The refusal has the shape of
 * the surface while the packet still shows a request line, else it is plain text.
 */
export function answerClientError(error: ClientError, socket: Socket, replies: ErrorReplies | null): void {
  if (error.code === 'ECONNRESET' || !socket.writable || isAnswering(socket)) {
    socket.destroy();
    return;
  }
  const failed = requestLineOf(error.rawPacket);
  const presented = replies?.presentUnrouted(error, failed ?? { method: 'GET', path: '/', headers: {} });
  socket.end(toBytes(failed ? presented : presented && plain(presented)));
  // Closing at once would reset the connection while the caller still sends, and lose him the answer.
  const timer = setTimeout(() => socket.destroy(), LINGER);
  timer.unref();
  socket.once('close', () => clearTimeout(timer));
}

/** True when bytes written now would be taken for, or mixed with, the answer to an earlier request. */
function isAnswering(socket: HttpSocket): boolean {
  const response = socket._httpMessage;
  return !!response && (response.headersSent || response.req.complete);
}

function requestLineOf(packet: unknown) {
  if (!Buffer.isBuffer(packet)) return null;
  const line = /^([A-Z-]{1,20}) (\/[\x21-\x7e]{0,8000}) HTTP\/1\.[01]\r?\n/.exec(packet.toString('latin1'));
  const [, method, target] = line ?? [];
  if (method === undefined || target === undefined) return null;
  return { method, path: target.replace(/[?#].*$/, ''), headers: {} };
}

function plain(reply: WireReply): WireReply {
  return {
    ...reply,
    headers: { ...reply.headers, 'content-type': 'text/plain; charset=utf-8' },
    body: Buffer.from(STATUS_CODES[reply.status] ?? 'Bad Request'),
  };
}

function toBytes(reply: WireReply | null | undefined): Buffer {
  const { status = 400, headers = {}, body = Buffer.alloc(0) } = reply ?? {};
  const lines = Object.entries({ ...headers, 'content-length': String(body.length), connection: 'close' })
    .filter(([, value]) => !/[\r\n\0]/.test(value))
    .map(([name, value]) => `${name}: ${value}\r\n`);
  const head = `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? 'Error'}\r\n${lines.join('')}\r\n`;
  return Buffer.concat([Buffer.from(head, 'latin1'), body]);
}
