import { jest } from '@jest/globals';
import { randomBytes } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { bearer, type Answer, type TestApi } from '../support/api.js';
import { runCommand } from '../support/command-line.js';
import { dumpDatabase } from '../support/database-dump.js';
import { keyHeader } from '../support/doors.js';
import { createDataDir } from '../support/gatehouse.js';
import { KnownSecrets } from '../support/known-secrets.js';
import { TestMailbox } from '../support/mailbox.js';
import { GatehouseProcess, killProcesses } from '../support/process.js';
import { createTestDatabase, type TestDatabase } from '../support/test-database.js';

jest.setTimeout(120_000);

const UUID = /[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/;
const LOGIN = '/api/admin/login_check';

/** Contract 3.2 and 3.11: of what opens a door only digests are kept, and no log and no refusal repeats it. */
describe('secrets of 001, 003, permanent keys and the command line', () => {
  const secrets = new KnownSecrets();
  const refusals: string[] = [];
  let database: TestDatabase;
  let dataDir: string;
  let environment: Record<string, string>;
  let server: GatehouseProcess;
  let api: TestApi;
  let password = secrets.note('declared password', 'declared horse 1');
  const master = secrets.note('master key', 'the-master-key-of-this-gatehouse-42');

  beforeAll(async () => {
    dataDir = createDataDir();
    database = await createTestDatabase(dataDir);
    const manifests = join(dataDir, 'manifests');
    mkdirSync(manifests);
    const user = (name: string, level: string) => ({
      apiVersion: 'gatehouse/v1',
      kind: 'User',
      metadata: { name },
      spec: { type: 'admin', level, email: `${name}@example.org`, password },
    });
    const users = [user('root', 'superuser'), user('ada', 'admin')];
    writeFileSync(join(manifests, 'users.yaml'), users.map((one) => JSON.stringify(one)).join('\n---\n'));
    environment = {
      DATA_DIR: dataDir,
      DATABASE_URL: database.url,
      PORT: '0',
      PUBLIC_URL: 'http://id.gatehouse.test',
      SECRET_KEY: secrets.note('SECRET_KEY', randomBytes(32).toString('base64')),
      MASTER_API_KEY: master,
      HASH_MEMORY_KIB: '64',
      HASH_TIME_COST: '1',
      RATE_LIMITS: 'off',
      // The finest there is: debug and everything below it.
      LOG_LEVEL: 'trace',
    };
    server = new GatehouseProcess({ ...environment, MANIFESTS_DIR: manifests });
    api = await server.ready();
  });
  afterAll(async () => {
    await killProcesses();
    await database.drop();
  });

  // Whatever a test has done, nothing of it may be left.
  afterEach(async () => {
    expect(secrets.tracesIn(await dumpDatabase(database))).toEqual([]);
    expect(secrets.tracesIn(server.stdout + server.stderr)).toEqual([]);
    expect(secrets.tracesIn(refusals.join('\n'))).toEqual([]);
  });

  /** Expects a status; what a refusal says is kept to be searched. */
  async function expecting(status: number, sent: Promise<Answer>): Promise<Answer['body']> {
    const answer = await sent;
    expect(answer.status).toBe(status);
    if (status >= 400) refusals.push(JSON.stringify([[...answer.headers], answer.body]));
    return answer.body;
  }

  function notePair(body: Answer['body']): { token: string; refreshToken: string } {
    const refreshToken = secrets.note('refresh token', body.refresh_token);
    return { token: secrets.noteJwt('JWT of 003', body.token), refreshToken };
  }

  const signIn = async (who = 'ada') =>
    notePair(await expecting(200, api.post(LOGIN, { _username: who, _password: password })));
  const refresh = (status: number, token: string) =>
    expecting(status, api.post('/api/token/refresh', { refresh_token: token }));
  const put = (path: string, admin: object, token: string) =>
    api.send('PUT', path, { admin: { email: 'ada@example.org', isActive: true, ...admin } }, bearer(token));

  it('the search finds what is there', async () => {
    const known = new KnownSecrets();
    known.note('address', 'ada@example.org');
    known.note('hash', '$argon2id$v=19$m=64');
    expect(known.tracesIn(await dumpDatabase(database))).toEqual(
      expect.arrayContaining(['address: bytes', 'hash: bytes']),
    );
    known.note('line', 'Manifests: 2 created');
    expect(known.tracesIn(server.stdout)).toEqual(expect.arrayContaining(['line: bytes']));
  });

  it('JWTs of 001: given, used, ended, forged', async () => {
    const login = '/api/stable/auth/login';
    const whoami = (token: string) => api.get('/api/stable/auth/whoami', bearer(token));
    const { data } = await expecting(200, api.post(login, { username: 'ada', password }));
    const token = secrets.noteJwt('JWT of 001', data.token);
    await expecting(200, whoami(token));
    await expecting(200, api.get('/v1/me', bearer(token)));
    await expecting(401, whoami(secrets.note('forged JWT', `${token.slice(0, -8)}AAAAAAAA`)));
    await expecting(401, api.get('/v1/me', bearer(secrets.note('half a JWT', token.slice(0, -200)))));
    const wrong = secrets.note('mistyped password', 'declared horse 1?');
    await expecting(401, api.post(login, { username: 'ada', password: wrong }));
    await expecting(401, api.post(login, `{"username":"ada","password":"${wrong}`));
    await expecting(200, api.send('DELETE', '/api/stable/auth/logout', undefined, bearer(token)));
    await expecting(403, whoami(token));
  });

  it('JWTs and refresh tokens of 003: rotated, used again, guessed', async () => {
    const first = await signIn();
    await expecting(200, api.get('/api/admin/data', bearer(first.token)));
    const second = notePair(await refresh(200, first.refreshToken));
    const third = notePair(await refresh(200, second.refreshToken));
    notePair(await refresh(200, second.refreshToken));
    await refresh(401, secrets.note('guessed refresh token', randomBytes(64).toString('hex')));
    await expecting(401, api.post(`/api/token/refresh?refresh_token=${third.refreshToken}`));
    await expecting(405, api.get(`/api/token/refresh?refresh_token=${third.refreshToken}`));
    await expecting(401, api.get('/api/admin/data', bearer(`${third.token}x`)));
    await expecting(200, api.get('/api/token/revoke', bearer(third.token)));
    await expecting(401, api.get('/api/admin/data', bearer(third.token)));
    await refresh(401, third.refreshToken);
    const form = new URLSearchParams({
      _username: 'ada',
      _password: secrets.note('wrong one', 'wrong horse 9'),
    });
    await expecting(401, api.post(LOGIN, form));
  });

  it('permanent keys: chosen, made by us, configured, and wrong ones', async () => {
    const root = await signIn('root');
    const { id } = await expecting(200, api.get('/api/admin/data', bearer((await signIn()).token)));
    const chosen = secrets.note('chosen key', 'chosen-by-a-person-7');
    const path = `/api/admin/data/${id}`;
    await expecting(200, put(path, { external: true, apiKey: chosen }, root.token));
    await expecting(
      400,
      put(path, { external: true, apiKey: secrets.note('short key', 'short-key-7') }, root.token),
    );
    const keys = '/v1/api-keys';
    const made = await expecting(201, api.post(keys, { name: 'robot' }, bearer(root.token)));
    const rotated = await expecting(
      200,
      api.post(`${keys}/${made.id}/rotate`, { overlapSeconds: 60 }, bearer(root.token)),
    );
    const generated = [made, rotated].map(({ secret }) => secrets.note('generated key', secret));
    for (const key of [chosen, ...generated, master]) {
      await expecting(200, api.get('/api/admin', keyHeader(key)));
      await expecting(200, api.get(`/api/admin?auth_token=${key}`));
      const wrong = secrets.note('wrong key', `${key.slice(0, -1)}_`);
      await expecting(403, api.get('/api/admin', keyHeader(wrong)));
      await expecting(403, api.get(`/api/admin?auth_token=${wrong}`));
      await expecting(401, api.get('/v1/me', keyHeader(wrong)));
      await expecting(401, api.get('/api/admin', bearer(key)));
    }
    const taken = { name: 'x', secret: chosen };
    await expecting(400, api.post(keys, taken, bearer(root.token)));
  });

  it('passwords: in refused forms, changed, reset', async () => {
    const { token } = await signIn();
    const admin = { email: 'nowhere', plainPassword: secrets.note('drafted password', 'drafted horse 5') };
    await expecting(400, api.post('/api/admin/data', { admin }, bearer(token)));
    const change = '/api/admin/password/change';
    const wrong = secrets.note('wrong present password', 'wrong horse 6');
    const changed = secrets.note('changed password', 'changed horse 7');
    await expecting(400, api.post(change, { currentPassword: wrong, plainPassword: changed }, bearer(token)));
    await expecting(
      200,
      api.post(change, { currentPassword: password, plainPassword: changed }, bearer(token)),
    );
    password = changed;
    await signIn();

    await expecting(200, api.post('/api/password/reset/request', { username: 'ada' }));
    const mails = new TestMailbox(dataDir);
    const mailed = await mails.waitForKind('ada@example.org', 'reset-password');
    const [reset] = UUID.exec(mailed.text ?? '') ?? [];
    const code = secrets.note('reset token', reset);
    const plainPassword = secrets.note('reset password', 'reset horse 8');
    await expecting(400, api.post('/api/password/reset', { token: code, reset: { plainPassword: '' } }));
    const guess = secrets.note('guessed token', crypto.randomUUID());
    await expecting(404, api.post(`/api/password/reset?token=${guess}`, { reset: { plainPassword } }));
    await expecting(200, api.post(`/api/password/reset?token=${code}`, { reset: { plainPassword } }));
    await expecting(404, api.post('/api/password/reset', { token: code, reset: { plainPassword } }));
    password = plainPassword;
    await signIn();
  });

  it('links and keys of the command line, which prints them on standard output alone', async () => {
    const command = async (...words: string[]) => {
      const { code, out, err } = await runCommand(environment, ...words, '--json');
      expect({ code, err }).toEqual({ code: 0, err: '' });
      return JSON.parse(out) as { id: string; link: string; secret: string };
    };
    const created = await command('user', 'create', '--email', 'eve@example.org', '--type', 'admin');
    const token = secrets.note('token of a link', UUID.exec(created.link)?.[0]);
    secrets.note('link', created.link);
    const change = '/api/v1.1/auth/change-password/';
    const first = secrets.note('first password', 'very first horse 1');
    const set = {
      email: 'eve@example.org',
      password1: first,
      password2: first,
      password_change_token: token,
    };
    await expecting(200, api.post(change, set));
    await expecting(400, api.post(change, set));
    const reset = await command('user', 'reset', 'eve@example.org');
    secrets.note('token of a reset', UUID.exec(reset.link)?.[0]);

    const { id, secret } = await command('key', 'create', 'root', '--name', 'robot');
    await expecting(200, api.get('/api/admin', keyHeader(secrets.note('key', secret))));
    await command('key', 'revoke', id);
    await expecting(403, api.get('/api/admin', keyHeader(secret)));
  });

  it('nothing is left when the server has stopped', async () => {
    expect(await server.stop()).toEqual({ code: 0, signal: null });
    for (const route of ['/api/admin/login_check', '/api/token/refresh', '/api/password/reset']) {
      expect(server.log).toContain(`"route":"${route}"`);
    }
    expect(refusals.length).toBeGreaterThan(30);
  });
});
