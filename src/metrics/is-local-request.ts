import type { IncomingMessage } from 'node:http';

const LOOPBACK = /^(?:::ffff:)?127\.\d{1,3}\.\d{1,3}\.\d{1,3}$|^::1$/;

/** What a proxy adds for whom it speaks. */
const OF_A_PROXY = /^(forwarded|via|x-forwarded-.*|x-real-ip)$/;

const LOCAL_HOST = /^(?:localhost|127\.\d{1,3}\.\d{1,3}\.\d{1,3}|\[::1\])(?::\d+)?$/i;

/**
 * True for a request of a program on this machine: the connection itself comes from a loopback address,
 * no proxy speaks for somebody else, and this machine was asked for by a name that only it has: a page
 * whose own name was made to lead here is a stranger's.
 */
export function isLocalRequest({ socket, headers }: Pick<IncomingMessage, 'socket' | 'headers'>): boolean {
  const isProxied = Object.keys(headers).some((name) => OF_A_PROXY.test(name));
  return !isProxied && LOOPBACK.test(socket.remoteAddress ?? '') && LOCAL_HOST.test(headers.host ?? '');
}
