import { jest } from '@jest/globals';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import jsonwebtoken from 'jsonwebtoken';
import { bearer, type TestApi } from '../support/api.js';
import { runCommand } from '../support/command-line.js';
import { createDataDir } from '../support/gatehouse.js';
import { GatehouseProcess, killProcesses } from '../support/process.js';
import { queryDatabase } from '../support/raw-database.js';
import { createEmptyDatabase, createTestDatabase, type TestDatabase } from '../support/test-database.js';

jest.setTimeout(120_000);

const ADMIN =
  'JGFyZ29uMmlkJHY9MTkkbT02NTUzNix0PTEscD00JHpuVy9IT2Y4Q3RkdStvNSttYlR2REE9PSRaZlVpRGl2QWV2T2RZNndKYWJBb0FQdmM1a1hsemxDNkg2OFY2dGVmNUY0PQ==';
const backupUser = (name: string, roles: readonly string[], more: object = {}) => ({
  apiVersion: 'backups.riotkit.org/v1alpha1',
  kind: 'BackupUser',
  metadata: { name },
  spec: { email: `${name}@riseup.net`, password: ADMIN, roles, ...more },
});

describe('manifests of a process', () => {
  let folder: string;
  let dataDir: string;
  let database: TestDatabase;
  let environment: Record<string, string>;

  beforeEach(async () => {
    dataDir = createDataDir();
    folder = mkdtempSync(join(dataDir, 'manifests-'));
    database = await createTestDatabase(dataDir);
    environment = {
      DATA_DIR: dataDir,
      DATABASE_URL: database.url,
      MANIFESTS_DIR: folder,
      PORT: '0',
      RATE_LIMITS: 'off',
    };
  });
  afterEach(async () => {
    await killProcesses();
    await database.drop();
  });

  const declare = (...documents: unknown[]) =>
    writeFileSync(join(folder, 'users.yaml'), documents.map((one) => JSON.stringify(one)).join('\n---\n'));
  const command = (...words: string[]) => runCommand(environment, ...words);
  const login = async (api: TestApi, username: string) =>
    (await api.post('/api/stable/auth/login', { username, password: 'admin' })).body.data.token as string;
  const whoami = (api: TestApi, token: string) => api.get('/api/stable/auth/whoami', bearer(token));

  it('are applied again on SIGHUP; a faulty set is told, and leaves all as it was', async () => {
    declare(backupUser('ann', ['collectionManager']));
    const server = new GatehouseProcess(environment);
    const api = await server.ready();
    const token = await login(api, 'ann');

    declare(backupUser('ann', ['backupUploader']), backupUser('bob', []));
    server.send('SIGHUP');
    await server.printed(/Manifests: 1 created \(bob\), 1 changed \(ann: roles\), 0 unchanged/);
    expect((await whoami(api, token)).body.data.permissions).toEqual(['backupUploader']);
    await login(api, 'bob');

    declare(
      backupUser('ann', ['king']),
      backupUser('bob', [], { deactivated: true }),
      backupUser('cy', [], { password: 'sesame' }),
    );
    server.send('SIGHUP');
    const [line] = await server.printed(/^.*The manifests were not applied.*$/m);
    const { level, msg } = JSON.parse(line) as { level: number; msg: string };
    expect(level).toBe(50);
    expect(msg).toMatch(/users\.yaml document 1 spec\.roles\.0: must be one of/);
    expect(msg).toMatch(/users\.yaml document 3 spec\.password: must be base64/);
    expect((await whoami(api, token)).body.data.permissions).toEqual(['backupUploader']);
    await login(api, 'bob');

    declare(backupUser('ann', ['backupUploader'], { deactivated: true }));
    server.send('SIGHUP');
    await server.printed(/1 changed \(ann: deactivated\)/);
    expect((await whoami(api, token)).status).toBe(403);
    expect(await server.stop()).toEqual({ code: 0, signal: null });
    expect(server.stdout + server.stderr).not.toContain('sesame');

    // A restart applies what changed too.
    declare(backupUser('ann', ['systemAdmin']));
    const second = new GatehouseProcess(environment);
    const again = await second.ready();
    expect(second.log).toContain('1 changed (ann: roles deactivated)');
    expect((await whoami(again, token)).status).toBe(403);
    expect((await whoami(again, await login(again, 'ann'))).body.data.permissions).toEqual(['systemAdmin']);
  });

  it('are planned and applied from the command line, beside a running server', async () => {
    declare(backupUser('ann', ['usersManager']));
    const server = new GatehouseProcess(environment);
    const api = await server.ready();
    const token = await login(api, 'ann');

    declare(backupUser('ann', [], { deactivated: true }), backupUser('bob', []), backupUser('cy', []));
    const before = await queryDatabase(database, 'SELECT * FROM users');
    expect(await command('manifests', 'plan')).toEqual({
      code: 0,
      err: '',
      out: [
        'would create BackupUser bob: roles, deactivated, email, restrictByIP, password',
        'would create BackupUser cy: roles, deactivated, email, restrictByIP, password',
        'would change BackupUser ann: roles, deactivated',
        '0 unchanged\n',
      ].join('\n'),
    });
    const planned = await command('manifests', 'plan', '--json');
    expect(JSON.parse(planned.out)).toMatchObject({
      created: [{ kind: 'BackupUser', name: 'bob' }, { name: 'cy' }],
      changed: [{ name: 'ann', fields: ['roles', 'deactivated'] }],
      unchanged: [],
    });
    expect(await queryDatabase(database, 'SELECT * FROM users')).toEqual(before);
    expect((await whoami(api, token)).status).toBe(200);

    const applied = await command('manifests', 'apply', '--json');
    expect(applied).toEqual({ code: 0, err: '', out: planned.out });
    expect((await whoami(api, token)).status).toBe(403);
    await login(api, 'bob');
    expect((await command('manifests', 'apply')).out).toBe('3 unchanged\n');

    declare(backupUser('bob', ['king']), { kind: 'Robot' });
    for (const verb of ['plan', 'apply']) {
      const faulty = await command('manifests', verb);
      expect(faulty).toMatchObject({ code: 1, out: '' });
      expect(faulty.err.split('\n').map((line) => line.replace(/:.*/, ''))).toEqual([
        'users.yaml document 1 spec.roles.0',
        'users.yaml document 2 kind',
        '',
      ]);
      const told = await command('manifests', verb, '--json');
      expect(told).toMatchObject({ code: 1, err: '' });
      expect(JSON.parse(told.out)).toMatchObject({
        faults: [
          { file: 'users.yaml', document: 1, field: 'spec.roles.0' },
          { file: 'users.yaml', document: 2, field: 'kind' },
        ],
      });
    }
  });

  it('are not planned without a folder, nor on a database that would have to be changed first', async () => {
    declare(backupUser('ann', []));
    const { MANIFESTS_DIR: _folder, ...without } = environment;
    expect(await runCommand(without, 'manifests', 'plan')).toMatchObject({
      code: 1,
      out: '',
      err: expect.stringContaining('MANIFESTS_DIR is not set'),
    });
    const empty = await createEmptyDatabase(dataDir);
    try {
      expect(
        await runCommand({ ...environment, DATABASE_URL: empty.url }, 'manifests', 'plan'),
      ).toMatchObject({ code: 1, out: '', err: expect.stringContaining('run gatehouse migrate first') });
    } finally {
      await empty.drop();
    }
  });

  it('have a key beside them that is rotated from the command line', async () => {
    declare(backupUser('ann', []));
    const server = new GatehouseProcess(environment);
    const api = await server.ready();
    const before = await login(api, 'ann');
    const plain = await command('keys', 'rotate');
    expect(plain).toMatchObject({ code: 0, err: '', out: expect.stringMatching(/^[\w-]{32}\n$/) });
    const rotated = await command('keys', 'rotate', '--json');
    const { kid } = JSON.parse(rotated.out) as { kid: string };
    // Whoever asks first after the rotation makes the server learn of it.
    expect((await whoami(api, before)).status).toBe(200);
    const after = await login(api, 'ann');
    expect(jsonwebtoken.decode(after, { complete: true })?.header.kid).toBe(kid);
    for (const token of [before, after]) expect((await whoami(api, token)).status).toBe(200);
  });
});
