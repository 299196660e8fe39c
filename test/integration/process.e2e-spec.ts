import { jest } from '@jest/globals';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { tokenHeader } from '../support/api.js';
import { createDataDir } from '../support/gatehouse.js';
import { freePort, GatehouseProcess, killProcesses } from '../support/process.js';
import { queryDatabase } from '../support/raw-database.js';
import { createEmptyDatabase, type TestDatabase } from '../support/test-database.js';

jest.setTimeout(60_000);

const PASSWORD = 'the first administrator 1';
const LINK = /^(http:\/\/localhost:\d+)\/#\/set-password\/([0-9a-f-]{36})\/admin%40localhost\/$/m;

describe('a Gatehouse of its own', () => {
  let dataDir: string;
  let database: TestDatabase;
  let environment: Record<string, string>;

  beforeEach(async () => {
    dataDir = createDataDir();
    database = await createEmptyDatabase(dataDir);
    // Nothing else: SQLite's file lies in DATA_DIR by default.
    environment = { DATA_DIR: dataDir, PORT: String(await freePort()) };
    if (database.dialect === 'postgres') environment['DATABASE_URL'] = database.url;
    else database = { ...database, url: `sqlite:${join(dataDir, 'gatehouse.sqlite')}` };
  });
  afterEach(async () => {
    await killProcesses();
    await database.drop();
  });

  const start = (more: Record<string, string> = {}) => new GatehouseProcess({ ...environment, ...more });
  const file = () => join(dataDir, 'first-admin.txt');
  const change = (token: string) => ({
    email: 'admin@localhost',
    password1: PASSWORD,
    password2: PASSWORD,
    password_change_token: token,
  });

  describe('starts for the first time', () => {
    it('migrates, serves, and tells where', async () => {
      const server = start();
      const api = await server.ready();
      expect(server.announced).toContain(`Gatehouse is ready at http://localhost:${environment['PORT']} `);
      expect(api.address).toBe(`http://127.0.0.1:${environment['PORT']}`);
      expect((await api.get('/health/ready')).status).toBe(200);
      expect(server.stderr).toBe('');
      expect(statSync(join(dataDir, 'secret.key')).mode & 0o777).toBe(0o600);
    });

    it('gives a link that lets its reader set the first administrator’s password, once', async () => {
      const server = start({ LOG_LEVEL: 'debug' });
      const api = await server.ready();
      const [link, publicUrl, token] = await server.printed(LINK);
      expect(publicUrl).toBe(`http://localhost:${environment['PORT']}`);
      expect(readFileSync(file(), 'utf8').split('\n')[0]).toBe(link);
      expect(statSync(file()).mode & 0o777).toBe(0o600);

      const page = await api.get(new URL(link).pathname);
      expect(page.status).toBe(200);
      const changed = await api.post('/api/v1.1/auth/change-password/', change(token!));
      expect(changed).toMatchObject({ status: 200, body: { email: 'admin@localhost' } });
      expect(existsSync(file())).toBe(false);

      const again = await api.post('/api/v1.1/auth/change-password/', change(token!));
      expect(again).toMatchObject({ status: 400, body: { _errors: ['INVALID_TOKEN'] } });
      const login = await api.post('/api/v1.1/auth/login/', { email: 'admin@localhost', password: PASSWORD });
      expect(login).toMatchObject({ status: 200, body: { level: 'superuser' } });
      const me = await api.get('/api/v1.1/account/me/', tokenHeader(login.body.token as string));
      expect(me).toMatchObject({ status: 200, body: { level: 'superuser', email: 'admin@localhost' } });

      expect(await server.stop()).toEqual({ code: 0, signal: null });
      expect(server.log).toContain('"route":"/api/v1.1/auth/change-password');
      expect(server.log).not.toContain(token);
      expect(server.log).not.toContain('#/set-password');
      expect(server.announced.split('\n').filter((line) => line.includes(token!))).toEqual([link]);
    });
  });

  describe('starts again', () => {
    it('prints no link once there is an administrator with a password', async () => {
      const first = start();
      const api = await first.ready();
      const [, , token] = await first.printed(LINK);
      expect((await api.post('/api/v1.1/auth/change-password/', change(token!))).status).toBe(200);
      await first.stop();

      const second = start();
      await second.ready();
      await second.stop();
      expect(second.announced).toMatch(/^Gatehouse is ready at \S+ \(listening on \S+\)\n$/);
      expect(existsSync(file())).toBe(false);
    });

    it('prints none while the first link is alive, which still works', async () => {
      const first = start();
      await first.ready();
      const [, , token] = await first.printed(LINK);
      const content = readFileSync(file(), 'utf8');
      await first.stop();

      const second = start();
      const api = await second.ready();
      expect((await api.post('/api/v1.1/auth/change-password/', change(token!))).status).toBe(200);
      expect(content).toContain(token);
      await second.stop();
      expect(second.announced).not.toMatch(LINK);
    });
  });

  it('comes up beside others that start on the same empty database, with one first administrator', async () => {
    const servers = await Promise.all(
      Array.from({ length: 3 }, async () =>
        start({ PORT: String(await freePort()), PUBLIC_URL: 'http://localhost:1' }),
      ),
    );
    const apis = await Promise.all(servers.map((server) => server.ready()));
    for (const api of apis) expect((await api.get('/health/ready')).status).toBe(200);
    const users = await queryDatabase(database, 'SELECT username, level FROM users');
    expect(users).toEqual([{ username: 'admin', level: 'superuser' }]);
    expect(await queryDatabase(database, 'SELECT owner_id FROM accounts')).toHaveLength(1);

    // They share DATA_DIR, and with it the key and the file; one of them gave the link, and it works at another.
    await Promise.all(servers.map((server) => server.stop()));
    const links = servers.flatMap((server) => LINK.exec(server.announced) ?? []);
    expect(links.filter((part) => part.startsWith('http://localhost:1/'))).toHaveLength(1);
    expect(readFileSync(file(), 'utf8')).toContain(links[2]);
    const api = await start().ready();
    expect((await api.post('/api/v1.1/auth/change-password/', change(links[2]!))).status).toBe(200);
  });
});
