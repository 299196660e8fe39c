import type { IncomingMessage } from 'node:http';
import { isLocalRequest } from './is-local-request.js';

const request = (remoteAddress: string | undefined, headers: object = {}) =>
  ({
    socket: { remoteAddress },
    headers: { host: 'localhost:3000', ...headers },
  }) as unknown as IncomingMessage;

describe('isLocalRequest', () => {
  it.each(['127.0.0.1', '127.8.9.10', '::1', '::ffff:127.0.0.1'])('takes %s for this machine', (address) => {
    expect(isLocalRequest(request(address))).toBe(true);
  });

  it.each(['10.0.0.1', '::ffff:10.0.0.1', '1127.0.0.1', '127.0.0.1.example', '::12', '', undefined])(
    'takes %s for another',
    (address) => {
      expect(isLocalRequest(request(address))).toBe(false);
    },
  );

  it.each(['localhost', 'LOCALHOST:3000', '127.0.0.1:3000', '[::1]:3000'])('may be asked as %s', (host) => {
    expect(isLocalRequest(request('127.0.0.1', { host }))).toBe(true);
  });

  it.each(['id.example.org', 'localhost.example', '127.0.0.1.example:3000', ''])(
    'takes a request for %s for that of a page or a proxy',
    (host) => {
      expect(isLocalRequest(request('127.0.0.1', { host }))).toBe(false);
    },
  );

  it.each(['forwarded', 'x-forwarded-for', 'x-forwarded-host', 'x-real-ip', 'via'])(
    'takes a request with %s for that of somebody behind a proxy',
    (name) => {
      expect(isLocalRequest(request('127.0.0.1', { [name]: '127.0.0.1' }))).toBe(false);
    },
  );
});
