import { jest } from '@jest/globals';
import { existsSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { cookieHeader, cookieOf } from '../support/cookies.js';
import { createDataDir } from '../support/gatehouse.js';
import { pngOfEqualRows } from '../support/images.js';
import { GatehouseProcess, killProcesses } from '../support/process.js';
import { queryDatabase } from '../support/raw-database.js';
import { HangingSmtp } from '../support/smtp.js';
import { createTestDatabase, type TestDatabase } from '../support/test-database.js';

jest.setTimeout(60_000);

const LONGEST_STOP = 8_000;
const CHEAP = { HASH_MEMORY_KIB: '64', HASH_TIME_COST: '1' };
/** About a second of work, and some more on a busy machine. */
const DEAR = { HASH_MEMORY_KIB: '65536', HASH_TIME_COST: '16' };

describe('SIGTERM', () => {
  let dataDir: string;
  let database: TestDatabase;
  const smtps: HangingSmtp[] = [];
  const sockets: Socket[] = [];

  beforeEach(async () => {
    dataDir = createDataDir();
    database = await createTestDatabase(dataDir);
  });
  afterEach(async () => {
    await killProcesses();
    for (const socket of sockets.splice(0)) socket.destroy();
    for (const smtp of smtps.splice(0)) smtp.close();
    await database.drop();
  });

  const start = (more: Record<string, string>) =>
    new GatehouseProcess({ DATA_DIR: dataDir, DATABASE_URL: database.url, PORT: '0', ...more });

  async function stopped(server: GatehouseProcess): Promise<void> {
    const startedAt = Date.now();
    expect(await server.stop()).toEqual({ code: 0, signal: null });
    expect(Date.now() - startedAt).toBeLessThan(LONGEST_STOP);
    expect(server.stderr).toBe('');
  }

  it('ends an idle process, and one with connections that are kept open', async () => {
    const server = start(CHEAP);
    const api = await server.ready();
    expect((await api.get('/health/live')).status).toBe(200);
    await stopped(server);
  });

  it('lets a sign-in that is under way be answered', async () => {
    const server = start(DEAR);
    const api = await server.ready();
    const email = 'ann@example.org';
    const password = 'correct horse 1';
    const registered = await api.post('/api/v1.1/auth/register/', {
      email,
      password1: password,
      password2: password,
    });
    expect(registered.status).toBe(201);

    const body = JSON.stringify({ email, password });
    const socket = connect(Number(new URL(api.address).port), '127.0.0.1');
    sockets.push(socket);
    let isAnswered = false;
    socket.once('data', () => (isAnswered = true));
    socket.write(
      `POST /api/v1.1/auth/login/ HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n` +
        `Content-Length: ${body.length}\r\n\r\n${body}`,
    );
    const answer = text(socket);
    // Whoever asks after the sign-in is answered while it is being hashed.
    expect((await api.get('/health/live')).status).toBe(200);
    expect(isAnswered).toBe(false);
    await stopped(server);
    expect(await answer).toMatch(/^HTTP\/1\.1 200 OK\r\n[^]*"token":"[0-9a-f]{40}"/);
    expect(await queryDatabase(database, `SELECT id FROM grants WHERE description = 'Login'`)).toHaveLength(
      1,
    );
  });

  it.each([
    ['never greets', 'before greeting'],
    ['never answers a mail that it was given', 'after mail'],
  ] as const)('cuts an SMTP server that %s, and keeps the mail for the next start', async (_what, hangs) => {
    const smtp = new HangingSmtp(hangs);
    smtps.push(smtp);
    const server = start({ ...CHEAP, SMTP_URL: await smtp.listen() });
    const api = await server.ready();
    expect((await api.post('/api/v1.1/auth/register/', { email: 'ann@example.org' })).status).toBe(201);
    await smtp.reached;
    await stopped(server);
    const waiting = await queryDatabase(database, 'SELECT state, leased_until, attempts FROM outbox');
    expect(waiting).toEqual([{ state: 'pending', leased_until: null, attempts: 0 }]);
  });

  it('does not wait for an image that takes long, and begins none that waits', async () => {
    const server = start(CHEAP);
    const api = await server.ready();
    const ann = { username: 'ann@example.org', password: 'correct horse 1', display_name: 'Ann' };
    const registered = await api.post('/api/register', ann);
    const cookie = cookieHeader(cookieOf(registered));
    const form = new FormData();
    // Many seconds of work.
    form.set('avatar', new Blob([pngOfEqualRows(8_192, 6_100, 2)]));
    let refused = 0;
    const uploads = Array.from({ length: 4 }, async () => {
      const answer = await api.patch(registered.body.account.href as string, form, cookie);
      expect(answer.status).toBe(503);
      refused += 1;
    });
    // The fourth is sent away as soon as one is decoded and two wait.
    await Promise.any(uploads);
    const ended = Promise.allSettled(uploads);
    const startedAt = Date.now();
    const { signal } = await server.stop();
    expect(Date.now() - startedAt).toBeLessThan(LONGEST_STOP);
    expect(server.log.includes('stopping took too long')).toBe(signal === 'SIGKILL');
    await ended;
    expect(refused).toBe(3);
    expect(existsSync(join(dataDir, 'media'))).toBe(false);
  });

  it('does not wait for a request that never arrives whole', async () => {
    const server = start(CHEAP);
    const api = await server.ready();
    const socket = connect(Number(new URL(api.address).port), '127.0.0.1');
    sockets.push(socket);
    socket.on('error', () => undefined);
    socket.write('POST /api/v1.1/auth/login/ HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\nhalf');
    expect((await api.get('/health/live')).status).toBe(200);
    await stopped(server);
  });
});
