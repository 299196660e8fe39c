import { jest } from '@jest/globals';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { randomUUID } from 'node:crypto';
import { migrations } from '../../migrations/index.js';
import { DAY } from '../../src/common/clock.js';
import { outcome, tokenHeader, type TestApi } from '../support/api.js';
import { runCommand, type CommandResult } from '../support/command-line.js';
import { keyHeader, lookAt003, refreshAt003, signInAt003, signInAt004 } from '../support/doors.js';
import { createDataDir } from '../support/gatehouse.js';
import { GatehouseProcess, killProcesses } from '../support/process.js';
import {
  createEmptyDatabase,
  createTestDatabase,
  describeOnce,
  type TestDatabase,
} from '../support/test-database.js';

jest.setTimeout(120_000);

const PASSWORD = 'correct horse battery';
const ID = expect.stringMatching(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
const TIME = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
const LINK = /^http:\/\/id\.gatehouse\.test\/#\/set-password\/([0-9a-f-]{36})\/([^/]+)\/$/;
const KEY = /^ghk_[0-9a-f]{48}$/;

/** The command line beside a server that runs on the same database: contract 3.3 holds for it too. */
describe('the command line', () => {
  let dataDir: string;
  let database: TestDatabase;
  let environment: Record<string, string>;
  let api: TestApi;

  beforeAll(async () => {
    dataDir = createDataDir();
    database = await createTestDatabase(dataDir);
    const manifests = mkdtempSync(join(dataDir, 'manifests-'));
    const user = (name: string, level: string) => ({
      apiVersion: 'gatehouse/v1',
      kind: 'User',
      metadata: { name },
      spec: { type: 'admin', level, email: `${name}@example.org`, password: PASSWORD },
    });
    writeFileSync(
      join(manifests, 'users.yaml'),
      ['ada', 'bob', 'cy', 'di', 'root']
        .map((name) => JSON.stringify(user(name, name === 'root' ? 'superuser' : 'manager')))
        .join('\n---\n'),
    );
    environment = {
      DATA_DIR: dataDir,
      DATABASE_URL: database.url,
      PUBLIC_URL: 'http://id.gatehouse.test',
      PORT: '0',
      RATE_LIMITS: 'off',
      HASH_MEMORY_KIB: '64',
      HASH_TIME_COST: '1',
    };
    api = await new GatehouseProcess({ ...environment, MANIFESTS_DIR: manifests }).ready();
  });
  afterAll(async () => {
    await killProcesses();
    await database.drop();
  });

  const command = (...words: string[]) => runCommand(environment, ...words);
  const mail = (name: string) => `${name}@example.org`;
  const credentials = (name: string, password = PASSWORD) => ({ email: mail(name), password });

  /** What a command answers with `--json`: one line and nothing else. */
  // A test looks into answers of every shape.
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  async function json(...words: string[]): Promise<any> {
    const { code, out, err } = await command(...words, '--json');
    expect({ code, err, lines: out.split('\n').length }).toEqual({ code: 0, err: '', lines: 2 });
    return JSON.parse(out);
  }

  const idOf = async (name: string) =>
    (await lookAt003(api, (await signInAt003(api, credentials(name))).token)).body.id as string;

  async function setPassword(link: string, password: string) {
    const [, token, email] = LINK.exec(link)!;
    return api.post('/api/v1.1/auth/change-password/', {
      email: decodeURIComponent(email!),
      password1: password,
      password2: password,
      password_change_token: token,
    });
  }

  describe('user', () => {
    it('create prints a link, once to be used, with which the person sets a password and signs in', async () => {
      const words = [
        '--email',
        'Eve@Example.org',
        '--type',
        'admin',
        '--level',
        'admin',
        '--username',
        'eve',
      ];
      const made = await json('user', 'create', ...words, '--first-name', 'Eve', '--last-name', 'Stone');
      expect(made).toEqual({ id: ID, link: expect.stringMatching(LINK) });
      expect((await setPassword(made.link as string, PASSWORD)).status).toBe(200);
      expect((await setPassword(made.link as string, 'another horse 2')).status).toBe(400);

      const { token } = await signInAt003(api, { email: 'eve', password: PASSWORD });
      expect((await lookAt003(api, token)).body).toMatchObject({
        id: made.id,
        username: 'eve',
        email: 'eve@example.org',
        firstName: 'Eve',
        lastName: 'Stone',
        isActive: true,
        roles: [{ name: 'Full admin' }],
      });
    });

    it('create without more makes a customer; in words the id and the link stand on lines of their own', async () => {
      const { code, out, err } = await command('user', 'create', '--email', mail('fay'));
      const [id, sentence, link, end] = out.split('\n');
      expect({ code, err, id, sentence, link, end }).toEqual({
        code: 0,
        err: '',
        id: ID,
        sentence: 'Who opens this link within a day sets the password:',
        link: expect.stringMatching(LINK),
        end: '',
      });
      expect((await setPassword(link!, PASSWORD)).status).toBe(200);
      const login = await api.post('/api/v1.1/auth/login/', credentials('fay'));
      expect(login.body).toMatchObject({ uid: id, level: 'simpleuser' });
      await expect(signInAt003(api, credentials('fay'), 'customer')).resolves.toBeDefined();
    });

    it('reset ends every session of a person on the next request; the old password counts until the new', async () => {
      const id = await idOf('ada');
      const session = await signInAt003(api, credentials('ada'));
      expect((await lookAt003(api, session.token)).status).toBe(200);
      const reset = await json('user', 'reset', mail('ada'));
      expect(reset).toEqual({ id, link: expect.stringMatching(LINK) });
      expect((await lookAt003(api, session.token)).status).toBe(401);
      expect((await refreshAt003(api, session.refreshToken)).status).toBe(401);

      await expect(signInAt004(api, credentials('ada'))).resolves.toBeDefined();
      expect((await setPassword(reset.link as string, 'another horse 2')).status).toBe(200);
      await expect(signInAt004(api, credentials('ada'))).rejects.toThrow('401');
      await expect(signInAt004(api, credentials('ada', 'another horse 2'))).resolves.toBeDefined();
    });

    it('disable shuts a person out of the running server on the next request, enable lets him in anew', async () => {
      const id = await idOf('bob');
      const session = await signInAt003(api, credentials('bob'));
      const token = await signInAt004(api, credentials('bob'));
      const look = () => api.get('/api/v1.1/account/me/', tokenHeader(token));
      expect((await look()).status).toBe(200);

      expect(await json('user', 'disable', 'BOB')).toEqual({ id, state: 'blocked' });
      expect((await look()).status).toBe(403);
      expect((await lookAt003(api, session.token)).status).toBe(401);
      await expect(signInAt003(api, credentials('bob'))).rejects.toThrow('401');
      expect(await command('user', 'reset', mail('bob'))).toEqual({
        code: 1,
        out: '',
        err: 'the user is disabled: enable him first\n',
      });

      expect(await json('user', 'enable', 'bob')).toEqual({ id, state: 'active' });
      expect((await look()).status).toBe(403);
      await expect(signInAt003(api, credentials('bob'))).resolves.toBeDefined();
    });
  });

  describe('key', () => {
    const open = (secret: string) => api.get('/api/admin?perPage=1', keyHeader(secret));
    const secretless = ({ secret: _secret, ...rest }: Record<string, unknown>) => rest;

    it('create prints a secret that the running server takes, revoke has it refused on the next request', async () => {
      const { code, out, err } = await command('key', 'create', 'cy', '--name', 'a robot');
      const [id, sentence, secret, end] = out.split('\n');
      expect({ code, err, id, sentence, secret, end }).toEqual({
        code: 0,
        err: '',
        id: ID,
        sentence: 'The secret, shown this once:',
        secret: expect.stringMatching(KEY),
        end: '',
      });
      expect((await open(secret!)).status).toBe(200);
      expect(await json('key', 'revoke', id!)).toEqual({ id, revoked: true });
      expect(outcome(await open(secret!))).toEqual({
        status: 403,
        body: { message: 'Username could not be found.' },
      });
    });

    it('list shows the living keys of one or of all, without a secret, as create described them', async () => {
      const from = Date.now();
      const words = ['--name', 'bounded', '--level', 'member', '--expires-in-days', '2'];
      const networks = ['--network', '10.0.0.0/8', '--network', '::1'];
      const first = await json('key', 'create', mail('di'), ...words, ...networks);
      const second = await json('key', 'create', 'root', '--name', 'free');
      expect(first).toEqual({
        id: ID,
        name: 'bounded',
        hint: (first.secret as string).slice(-4),
        ownerId: await idOf('di'),
        createdBy: null,
        level: 'member',
        networks: ['10.0.0.0/8', '::1'],
        createdAt: TIME,
        expiresAt: TIME,
        lastUsedAt: null,
        secret: expect.stringMatching(KEY),
      });
      const days = (Date.parse(first.expiresAt as string) - from) / DAY;
      expect(days).toBeGreaterThanOrEqual(2);
      expect(days).toBeLessThan(2.01);
      // It counts in its networks only, and this is none of them.
      expect((await open(first.secret as string)).status).toBe(403);

      expect(await json('key', 'list', 'di')).toEqual([secretless(first as Record<string, unknown>)]);
      const inWords = await command('key', 'list');
      expect(inWords).toEqual({
        code: 0,
        err: '',
        out:
          `${first.id}  bounded  of ${first.ownerId}  member  until ${first.expiresAt}, never used\n` +
          `${second.id}  free  of ${second.ownerId}  superuser  does not expire, never used\n`,
      });
    });
  });

  it('migrate tells in JSON what is pending and what it applied', async () => {
    const empty = await createEmptyDatabase(dataDir);
    try {
      const run = async (...words: string[]) => {
        const { code, out, err } = await runCommand({ ...environment, DATABASE_URL: empty.url }, ...words);
        expect({ code, err }).toEqual({ code: 0, err: '' });
        return JSON.parse(out) as unknown;
      };
      const names = migrations.map(({ name }) => name);
      expect(await run('migrate', '--plan', '--json')).toEqual({ pending: names });
      expect(await run('migrate', '--json')).toEqual({ applied: names });
      expect(await run('migrate', '--json')).toEqual({ applied: [] });
    } finally {
      await empty.drop();
    }
  });

  describeOnce('tells a fault in one clear line and without a stack', () => {
    const fault = (code: number, line: string): CommandResult => ({ code, out: '', err: `${line}\n` });
    const told = async (code: number, faults: Readonly<Record<string, string>>) => {
      const lines = Object.keys(faults);
      const results = await Promise.all(lines.map((words) => command(...words.split(' '))));
      expect(Object.fromEntries(lines.map((words, place) => [words, results[place]]))).toEqual(
        Object.fromEntries(lines.map((words) => [words, fault(code, faults[words]!)])),
      );
    };

    it('exit code 1: what it asks for is not there, or the core refuses it', () =>
      told(1, {
        'user disable nobody@example.org --json': 'there is no user with this identifier',
        'user create --email ROOT@example.org --json': 'somebody has this address or name already',
        'user create --email nowhere': 'there is no e-mail address that can be used',
        'key create nobody --name x': 'there is no user with this identifier',
        'key create di --name x --level superuser': '--level is above its owner’s',
        [`key revoke ${randomUUID()}`]: 'there is no such key',
      }));

    it('exit code 2: a value that an option cannot have, a word too many', () =>
      told(2, {
        'user create --email x@example.org --type king': '--type is one of customer, seller, admin',
        'key create di --name x --network 10.0.0': '--network 10.0.0 is no address or range',
        'key create di --name x --expires-in-days 0': '--expires-in-days is a whole number of at least 1',
        'migrate now --json': 'use: gatehouse migrate [--plan] [--json]',
      }));

    it('exit code 2, with how it is used: an incomplete command, or none of ours', async () => {
      const runs = [[], ['user', 'disable'], ['user', 'create', '--frobnicate']];
      for (const { code, out, err } of await Promise.all(runs.map((words) => command(...words)))) {
        expect({ code, out }).toEqual({ code: 2, out: '' });
        expect(err).toMatch(/gatehouse |'--frobnicate'/);
        expect(err).not.toMatch(/^\s+at |Error:|node:internal/m);
      }
    });

    it('exit code 1: a faulty environment, without its values', async () => {
      expect(await runCommand({ ...environment, SECRET_KEY: 'sesame' }, 'key', 'list')).toEqual(
        fault(1, 'The configuration is faulty:\n  SECRET_KEY: must be 32 bytes in base64'),
      );
    });
  });
});
