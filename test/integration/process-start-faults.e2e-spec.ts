import { jest } from '@jest/globals';
import { once } from 'node:events';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo, type Server } from 'node:net';
import { join } from 'node:path';
import { migrate } from '../../src/database/migrate.js';
import { createDataDir } from '../support/gatehouse.js';
import { freePort, GatehouseProcess, killProcesses } from '../support/process.js';
import { queryDatabase } from '../support/raw-database.js';
import { createTestDatabase, describeOnce, DIALECT, type TestDatabase } from '../support/test-database.js';

jest.setTimeout(60_000);

const SECRET = 'sesame-open-yourself';

/** Starts a Gatehouse that cannot start; answers the lines that it wrote to standard error. */
async function faultOf(environment: Record<string, string>): Promise<string[]> {
  const server = new GatehouseProcess({ HOST: '127.0.0.1', PORT: '0', ...environment });
  expect(await server.ended).toEqual({ code: 1, signal: null });
  expect(server.stdout).not.toContain('Gatehouse is ready');
  expect(server.stdout + server.stderr).not.toContain(SECRET);
  expect(server.stderr).toMatch(/\n$/);
  return server.stderr.trimEnd().split('\n');
}

describe('a Gatehouse that cannot start', () => {
  let dataDir: string;
  const listeners: Server[] = [];

  beforeEach(() => {
    dataDir = createDataDir();
  });
  afterEach(async () => {
    await killProcesses();
    for (const listener of listeners.splice(0)) listener.close();
  });

  /** Listens, and never says a word to who connects. */
  async function listen(): Promise<number> {
    const listener = createServer((socket) => void socket.on('error', () => undefined)).listen(
      0,
      '127.0.0.1',
    );
    listeners.push(listener);
    await once(listener, 'listening');
    return (listener.address() as AddressInfo).port;
  }

  describeOnce('because of its environment', () => {
    it('tells every fault at once, each by the name of the variable', async () => {
      const lines = await faultOf({
        DATA_DIR: dataDir,
        NODE_ENV: 'production',
        PORT: 'eighty',
        PUBLIC_URL: 'http://id.example.org',
        SECRET_KEY: SECRET,
        DATABASE_URL: `mysql://root:${SECRET}@localhost/x`,
        SMTP_URL: `smtp://me:${SECRET}@host:port`,
        HASH_MEMORY_KIB: '16',
        HASH_PARALLELISM: '4',
        DEFAULT_REGISTER_URL_FORMAT: '/{token}',
      });
      expect(lines[0]).toBe('The configuration is faulty:');
      expect(
        lines
          .slice(1)
          .map((line) => /^ {2}(\w+): \w/.exec(line)?.[1])
          .sort(),
      ).toEqual([
        'DATABASE_URL',
        'DEFAULT_REGISTER_URL_FORMAT',
        'HASH_MEMORY_KIB',
        'PORT',
        'PUBLIC_URL',
        'SECRET_KEY',
        'SMTP_URL',
      ]);
    });

    it('tells of link formats that would lead elsewhere', async () => {
      const lines = await faultOf({
        DATA_DIR: dataDir,
        DEFAULT_RESET_PASSWORD_URL_FORMAT: 'https://evil.example/{token}/{email}',
        DEFAULT_REGISTER_EMAIL_FORMAT: 'https://evil.example/ {link}',
      });
      expect(lines).toEqual([
        'The configuration is faulty:',
        expect.stringMatching(/^ {2}DEFAULT_RESET_PASSWORD_URL_FORMAT: must /),
        expect.stringMatching(/^ {2}DEFAULT_REGISTER_EMAIL_FORMAT: must /),
      ]);
    });
  });

  describeOnce('because of the network', () => {
    it('tells which port is in use', async () => {
      const port = await listen();
      expect(await faultOf({ DATA_DIR: dataDir, PORT: String(port) })).toEqual([
        `PORT: port ${port} is in use`,
      ]);
    });

    it('tells which port of the metrics is in use, and serves nobody', async () => {
      const port = await listen();
      expect(await faultOf({ DATA_DIR: dataDir, METRICS_PORT: String(port) })).toEqual([
        `METRICS_PORT: port ${port} is in use`,
      ]);
    });

    it.each(['192.0.2.1', 'no-such-host.invalid'])(
      'tells that HOST %s is none of its addresses',
      async (HOST) => {
        expect(await faultOf({ DATA_DIR: dataDir, HOST })).toEqual([expect.stringMatching(/^HOST: /)]);
      },
    );
  });

  describe('because of the database', () => {
    it('waits ten seconds for one that refuses connections, or takes them and never answers', async () => {
      const startedAt = Date.now();
      const faults = [await freePort(), await listen()].map((port) =>
        faultOf({ DATA_DIR: dataDir, DATABASE_URL: `postgres://gatehouse:${SECRET}@127.0.0.1:${port}/x` }),
      );
      expect(await Promise.all(faults)).toEqual([
        ['DATABASE_URL: the database cannot be reached (ECONNREFUSED)'],
        ['DATABASE_URL: the database cannot be reached (timeout)'],
      ]);
      expect(Date.now() - startedAt).toBeGreaterThan(10_000);
      expect(Date.now() - startedAt).toBeLessThan(20_000);
    });

    if (DIALECT === 'postgres') {
      it('tells at once when the server has no such database', async () => {
        const url = new URL(process.env['TEST_POSTGRES_URL']!);
        url.pathname = '/no_such_database';
        expect(await faultOf({ DATA_DIR: dataDir, DATABASE_URL: url.href })).toEqual([
          'DATABASE_URL: the database cannot be reached (3D000)',
        ]);
      });
    }

    it.each([
      ['a text', () => Buffer.from('This is not a database.\n'.repeat(1_000))],
      ['random bytes', () => Buffer.from(Array.from({ length: 20_000 }, (_, index) => (index * 7919) % 251))],
      ['a database with a damaged schema', (sound: Buffer) => sound.fill(0xa5, 100)],
      ['a database with damaged tables', (sound: Buffer) => sound.fill(0xa5, 4_096)],
      ['half a database', (sound: Buffer) => sound.subarray(0, sound.length / 2)],
    ])('leaves %s in the place of the file as it is', async (_what, make) => {
      const path = join(dataDir, 'gatehouse.sqlite');
      await migrate(`sqlite:${path}`);
      const before = make(readFileSync(path));
      writeFileSync(path, before);
      expect(await faultOf({ DATA_DIR: dataDir })).toEqual([
        'DATABASE_URL: the file is not a database, or is damaged; it was left as it is',
      ]);
      expect(readFileSync(path).equals(before)).toBe(true);
    });
  });

  describeOnce('because of DATA_DIR', () => {
    it('names it when it is a file', async () => {
      const path = join(dataDir, 'file');
      writeFileSync(path, 'content');
      expect(await faultOf({ DATA_DIR: path })).toEqual([`DATA_DIR: ${path} cannot be written (EEXIST)`]);
      expect(readFileSync(path, 'utf8')).toBe('content');
    });

    it('names it when it lies below a file', async () => {
      const path = join(dataDir, 'file');
      writeFileSync(path, 'content');
      const below = join(path, 'below');
      expect(await faultOf({ DATA_DIR: below })).toEqual([`DATA_DIR: ${below} cannot be written (ENOTDIR)`]);
    });

    it('tells of a key file that holds no key, and leaves it', async () => {
      const path = join(dataDir, 'secret.key');
      writeFileSync(path, SECRET);
      const lines = await faultOf({ DATA_DIR: dataDir });
      expect(lines).toEqual([expect.stringContaining(`${path} does not hold 32 bytes in base64`)]);
      expect(readFileSync(path, 'utf8')).toBe(SECRET);
    });
  });

  describeOnce('because of manifests', () => {
    let database: TestDatabase;

    beforeEach(async () => {
      database = await createTestDatabase(dataDir);
    });
    afterEach(() => database.drop());

    it('names MANIFESTS_DIR when it is not there', async () => {
      const folder = join(dataDir, 'none');
      const lines = await faultOf({ DATA_DIR: dataDir, DATABASE_URL: database.url, MANIFESTS_DIR: folder });
      expect(lines).toEqual([`${folder}: the folder that MANIFESTS_DIR names does not exist`]);
    });

    it('tells every fault of every file, and applies nothing', async () => {
      const folder = join(dataDir, 'manifests');
      mkdirSync(folder);
      const user = (name: string, spec: string) =>
        `apiVersion: gatehouse/v1\nkind: User\nmetadata: {name: ${name}}\nspec: {${spec}}\n`;
      writeFileSync(
        join(folder, 'a.yaml'),
        [
          user('sound', `password: ${SECRET}`),
          user('ann', `level: emperor, password: ${SECRET}, shoe: 42`),
          user('bob', `passwordHash: ${SECRET}`),
        ].join('---\n'),
      );
      writeFileSync(join(folder, 'b.yml'), `kind: Robot\n---\n${user('SOUND', 'type: admin')}`);
      const lines = await faultOf({ DATA_DIR: dataDir, DATABASE_URL: database.url, MANIFESTS_DIR: folder });
      expect(lines).toEqual([
        expect.stringMatching(/^a\.yaml document 2 spec\.level: must be one of /),
        expect.stringMatching(/^a\.yaml document 2 spec\.shoe: /),
        expect.stringMatching(/^a\.yaml document 3 spec\.passwordHash: must be /),
        expect.stringMatching(/^b\.yml document 1 kind: must be one of OAuthClient/),
        expect.stringMatching(
          /^b\.yml document 2 metadata\.name: is the same identifier as that of a\.yaml document 1/,
        ),
      ]);
      expect(await queryDatabase(database, 'SELECT id FROM users')).toEqual([]);
    });
  });
});
