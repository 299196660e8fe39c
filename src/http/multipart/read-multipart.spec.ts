import { once } from 'node:events';
import { connect, type AddressInfo, type Socket } from 'node:net';
import { fastify, type FastifyInstance } from 'fastify';
import { RequestTimedOut } from '../http.errors.js';
import { readMultipart } from './read-multipart.js';
import { useMultipart } from './use-multipart.js';

const IDLE = 300;
const BEGINNING = '--xxx\r\nContent-Disposition: form-data; name="text"\r\n\r\n';

describe('reading an upload', () => {
  let instance: FastifyInstance;
  let socket: Socket;
  let outcome: Promise<unknown>;

  beforeEach(async () => {
    instance = fastify({ forceCloseConnections: true });
    useMultipart(instance);
    outcome = new Promise((resolve) => {
      instance.post('/', { config: { takesMultipart: true } }, async (request) => {
        resolve(await readMultipart(request, { names: [], bytes: 0 }, IDLE).catch((fault: unknown) => fault));
        return {};
      });
    });
    await instance.listen({ port: 0, host: '127.0.0.1' });
    socket = connect((instance.server.address() as AddressInfo).port, '127.0.0.1');
    await once(socket, 'connect');
    socket.write(
      'POST / HTTP/1.1\r\nHost: x\r\nContent-Type: multipart/form-data; boundary=xxx\r\n' +
        'Content-Length: 1000\r\n\r\n',
    );
  });
  afterEach(async () => {
    socket.destroy();
    await instance.close();
  });

  it('ends when nothing comes', async () => {
    expect(await outcome).toBeInstanceOf(RequestTimedOut);
  });

  it('ends when nothing more comes', async () => {
    socket.write(`${BEGINNING}half`);
    expect(await outcome).toBeInstanceOf(RequestTimedOut);
  });

  it('goes on as long as something comes', async () => {
    const end = '\r\n--xxx--';
    const length = 1000 - BEGINNING.length - end.length;
    socket.write(BEGINNING);
    const startedAt = Date.now();
    let sent = 0;
    // A byte now and then, for longer than the silence that would end it.
    await new Promise<void>((resolve) => {
      const timer = setInterval(() => {
        socket.write('x');
        sent += 1;
        if (Date.now() - startedAt < 2 * IDLE) return;
        clearInterval(timer);
        resolve();
      }, IDLE / 10);
    });
    socket.write('x'.repeat(length - sent) + end);
    expect(await outcome).toEqual({ text: 'x'.repeat(length) });
  });
});
