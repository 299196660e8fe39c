import { jest } from '@jest/globals';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import bcrypt from 'bcrypt';
import { ManifestsFaulty } from '../../src/manifests/manifest-faults.js';
import { ApplyManifests } from '../../src/manifests/apply-manifests.service.js';
import { HashQueue } from '../../src/passwords/hash-queue.js';
import { tokenHeader, type Answer } from '../support/api.js';
import { queryDatabase } from '../support/raw-database.js';
import { createDataDir, startTestGatehouse, type TestGatehouse } from '../support/gatehouse.js';

const AUTH = '/api/v1.1/auth';
const FIRST = 'declared horse 1';
const SECOND = 'declared horse 2';
const OWN = 'a horse of my own 3';

/** What a test declares of a User, as YAML's JSON. */
type Spec = Record<string, unknown>;

describe('manifests of kind User', () => {
  const folder = createDataDir();
  let server: TestGatehouse;

  beforeAll(async () => {
    declare({ root: { type: 'admin', level: 'superuser', email: 'root@example.org', password: FIRST } });
    server = await startTestGatehouse({ MANIFESTS_DIR: folder, ANN_PASSWORD: FIRST });
  });
  afterAll(() => server.stop());
  beforeEach(() => declare({}));

  /** Makes these Users the whole of the folder. */
  function declare(users: Record<string, Spec>): void {
    const documents = Object.entries(users).map(([name, spec]) =>
      JSON.stringify({ apiVersion: 'gatehouse/v1', kind: 'User', metadata: { name }, spec }),
    );
    writeFileSync(join(folder, 'users.yaml'), documents.join('\n---\n'));
  }

  /** Applies the folder; answers the names. */
  const apply = async () => {
    const report = await server.get(ApplyManifests).apply();
    const namesOf = (some: readonly { name: string }[] = []) => some.map(({ name }) => name);
    return {
      created: namesOf(report?.created),
      changed: namesOf(report?.changed),
      unchanged: namesOf(report?.unchanged),
    };
  };
  const applied = (users: Record<string, Spec>) => {
    declare(users);
    return apply();
  };
  const login = (email: string, password: string): Promise<Answer> =>
    server.api.post(`${AUTH}/login/`, { email, password });
  const me = (token: string) => server.api.get('/api/v1.1/account/me/', tokenHeader(token));

  async function signedIn(email: string, password: string): Promise<string> {
    const answer = await login(email, password);
    expect(answer).toMatchObject({ status: 200 });
    return answer.body.token as string;
  }
  const rowOf = async (email: string) =>
    (await queryDatabase(server.database, `SELECT * FROM users WHERE email = '${email}'`))[0];

  /** The faults of a set, of which nothing may have been applied. */
  async function faultsOf(users: Record<string, Spec>): Promise<string> {
    const before = await queryDatabase(server.database, 'SELECT * FROM users ORDER BY id');
    const rejected = await applied(users).then(
      () => null,
      (error: unknown) => error,
    );
    expect(rejected).toBeInstanceOf(ManifestsFaulty);
    expect(await queryDatabase(server.database, 'SELECT * FROM users ORDER BY id')).toEqual(before);
    return (rejected as ManifestsFaulty).message;
  }

  describe('make users', () => {
    it('at the start, so that no first administrator is made beside a declared one', async () => {
      expect(server.gatehouse.firstAdminLink).toBeNull();
      const answer = await login('root@example.org', FIRST);
      expect(answer).toMatchObject({ status: 200, body: { level: 'superuser' } });
      expect(await queryDatabase(server.database, `SELECT id FROM users WHERE type = 'admin'`)).toHaveLength(
        1,
      );
    });

    it('with all their fields, a personal account, and any identifier', async () => {
      const spec = {
        email: 'Full@Example.org',
        password: FIRST,
        level: 'manager',
        emailVerified: true,
        firstName: 'Ada',
        lastName: 'Lovelace',
        phone: '+48500100200',
        loyaltyCardNumber: '47834433524',
      };
      expect(await applied({ full: spec })).toEqual({ created: ['full'], changed: [], unchanged: [] });
      const account = await me(await signedIn('full@example.org', FIRST));
      expect(account.body).toMatchObject({ first_name: 'Ada', last_name: 'Lovelace', level: 'manager' });
      const { id } = (await rowOf('full@example.org'))!;
      const names = await queryDatabase(
        server.database,
        `SELECT value FROM user_identifiers WHERE user_id = '${String(id)}' ORDER BY value`,
      );
      expect(names.map(({ value }) => value).sort()).toEqual(
        ['+48500100200', '47834433524', 'full', 'full@example.org'].sort(),
      );
      const accounts = `SELECT id FROM accounts WHERE owner_id = '${String(id)}'`;
      expect(await queryDatabase(server.database, accounts)).toHaveLength(1);
    });

    it('with the levels that follow from the type', async () => {
      await applied({
        'plain-admin': { type: 'admin', email: 'plain-admin@example.org', password: FIRST },
        'plain-seller': { type: 'seller', email: 'plain-seller@example.org', password: FIRST },
        'plain-user': { email: 'plain-user@example.org', password: FIRST },
      });
      const levels = ['plain-admin', 'plain-seller', 'plain-user'].map(
        async (name) => (await login(`${name}@example.org`, FIRST)).body.level as string,
      );
      expect(await Promise.all(levels)).toEqual(['manager', 'simpleuser', 'simpleuser']);
    });

    it('with passwords from the environment and from files', async () => {
      writeFileSync(join(folder, 'password.txt'), `${SECOND}\n`);
      await applied({
        env: { email: 'env@example.org', passwordFromEnv: 'ANN_PASSWORD' },
        file: { email: 'file@example.org', passwordFromFile: 'password.txt' },
      });
      await signedIn('env@example.org', FIRST);
      await signedIn('file@example.org', SECOND);
    });

    it('without a password, as whom nobody signs in', async () => {
      await applied({ mute: { email: 'mute@example.org' } });
      expect((await login('mute@example.org', '')).status).toBe(400);
      expect((await login('mute@example.org', FIRST)).status).toBe(401);
      expect((await rowOf('mute@example.org'))?.['password_hash']).toBeNull();
    });

    it('with a password that the policy refuses, and a warning', async () => {
      await applied({ weak: { email: 'weak@example.org', password: 'short' } });
      await signedIn('weak@example.org', 'short');
      expect(server.log()).toContain('The declared password of User weak does not meet the password policy');
    });
  });

  describe('that did not change', () => {
    const ann = { email: 'ann@example.org', password: FIRST, firstName: 'Ann' };

    it('change nothing, hash nothing and end no session', async () => {
      await applied({ ann });
      const token = await signedIn('ann@example.org', FIRST);
      const before = await rowOf('ann@example.org');
      const hashing = jest.spyOn(server.get(HashQueue), 'run');
      expect(await apply()).toEqual({ created: [], changed: [], unchanged: ['ann'] });
      expect(hashing).not.toHaveBeenCalled();
      hashing.mockRestore();
      expect(await rowOf('ann@example.org')).toEqual(before);
      expect((await me(token)).status).toBe(200);
    });

    it('leave what the user changed himself', async () => {
      await applied({ ann });
      const token = await signedIn('ann@example.org', FIRST);
      const patched = await server.api.patch(
        '/api/v1.1/account/me/',
        { first_name: 'Anna' },
        tokenHeader(token),
      );
      expect(patched.status).toBe(200);
      const own = { email: 'ann@example.org', password1: OWN, password2: OWN };
      const changed = await server.api.post(`${AUTH}/change-password/`, own, tokenHeader(token));
      expect(changed.status).toBe(200);

      expect(await apply()).toMatchObject({ unchanged: ['ann'] });
      expect((await login('ann@example.org', FIRST)).status).toBe(401);
      expect((await me(changed.body.token as string)).body).toMatchObject({ first_name: 'Anna' });
    });

    it('leave it even beside a field that changed', async () => {
      expect(await applied({ ann: { ...ann, lastName: 'Lee' } })).toMatchObject({ changed: ['ann'] });
      const account = await me(await signedIn('ann@example.org', OWN));
      expect(account.body).toMatchObject({ first_name: 'Anna', last_name: 'Lee' });
    });

    it('leave what they no longer declare', async () => {
      expect(await applied({ ann: { email: 'ann@example.org' } })).toMatchObject({ unchanged: ['ann'] });
      expect(await applied({})).toEqual({ created: [], changed: [], unchanged: [] });
      await signedIn('ann@example.org', OWN);
    });
  });

  describe('that changed', () => {
    it('win over what the user set himself, and a password ends his sessions', async () => {
      const bob = { email: 'bob@example.org', password: FIRST };
      await applied({ bob });
      const token = await signedIn('bob@example.org', FIRST);
      const own = { email: 'bob@example.org', password1: OWN, password2: OWN };
      const changed = await server.api.post(`${AUTH}/change-password/`, own, tokenHeader(token));
      const session = changed.body.token as string;

      expect(await applied({ bob: { ...bob, firstName: 'Bob' } })).toMatchObject({ changed: ['bob'] });
      expect((await me(session)).body).toMatchObject({ first_name: 'Bob' });

      expect(await applied({ bob: { ...bob, password: SECOND } })).toMatchObject({ changed: ['bob'] });
      expect((await me(session)).status).toBe(403);
      expect((await login('bob@example.org', OWN)).status).toBe(401);
      await signedIn('bob@example.org', SECOND);
    });

    it('see a password that changed in a file', async () => {
      const file = join(folder, 'eve.txt');
      writeFileSync(file, FIRST);
      const eve = { email: 'eve@example.org', passwordFromFile: 'eve.txt' };
      await applied({ eve });
      await signedIn('eve@example.org', FIRST);
      expect(await apply()).toMatchObject({ unchanged: ['eve'] });
      writeFileSync(file, SECOND);
      expect(await apply()).toMatchObject({ changed: ['eve'] });
      await signedIn('eve@example.org', SECOND);
      rmSync(file);
      expect(await faultsOf({ eve })).toMatch(/^users\.yaml document 1 spec\.passwordFromFile: names a file/);
    });

    it('raise a level at once, and block', async () => {
      const cy = { email: 'cy@example.org', password: FIRST };
      await applied({ cy });
      const token = await signedIn('cy@example.org', FIRST);
      expect((await server.api.get('/v1/users', { authorization: `Bearer ${token}` })).status).toBe(403);
      await applied({ cy: { ...cy, level: 'admin' } });
      expect((await server.api.get('/v1/users', { authorization: `Bearer ${token}` })).status).toBe(200);

      await applied({ cy: { ...cy, level: 'blocked' } });
      expect((await me(token)).status).toBe(403);
      const refused = await login('cy@example.org', FIRST);
      expect(refused).toMatchObject({ status: 401, body: { _errors: ['USER_BLOCKED'] } });
      expect((await login('cy@example.org', SECOND)).body).toMatchObject({
        _errors: ['WRONG_AUTH_CREDENTIALS'],
      });

      await applied({ cy: { ...cy, level: 'simpleuser' } });
      expect((await me(token)).status).toBe(403);
      expect((await login('cy@example.org', FIRST)).body).toMatchObject({ level: 'simpleuser' });
    });

    it('give identifiers and take them away', async () => {
      const di = { email: 'di@example.org', password: FIRST };
      await applied({ di });
      await applied({ di: { ...di, email: 'diana@example.org' } });
      expect((await login('di@example.org', FIRST)).status).toBe(401);
      await signedIn('diana@example.org', FIRST);
      // The old address is free again.
      await applied({
        di: { ...di, email: 'diana@example.org' },
        heir: { email: 'di@example.org', password: SECOND },
      });
      await signedIn('di@example.org', SECOND);
    });

    it('pass identifiers from one declared user to another, whichever comes first', async () => {
      const one = { email: 'one@example.org', password: FIRST };
      const two = { email: 'two@example.org', password: SECOND };
      await applied({ one, two });
      expect(
        await applied({ one: { ...one, email: two.email }, two: { ...two, email: one.email } }),
      ).toMatchObject({
        changed: ['one', 'two'],
      });
      await signedIn('two@example.org', FIRST);
      await signedIn('one@example.org', SECOND);
      await applied({
        zero: { email: 'two@example.org', password: OWN },
        one: { ...one, email: 'uno@example.org' },
      });
      await signedIn('uno@example.org', FIRST);
      await signedIn('two@example.org', OWN);
    });
  });

  describe('that name what is another user’s', () => {
    beforeAll(async () => {
      const registered = { email: 'owner@example.org', password1: OWN, password2: OWN };
      expect((await server.api.post(`${AUTH}/register/`, registered)).status).toBe(201);
    });

    it.each<[string, Record<string, Spec>]>([
      ['an address', { thief: { email: 'OWNER@example.org', password: FIRST } }],
      ['an address as a name', { 'owner@example.org': { password: FIRST } }],
      [
        'an address beside sound users',
        { sound: { password: FIRST }, thief: { email: 'owner@example.org' } },
      ],
    ])('are refused: %s', async (_what, users) => {
      expect(await faultsOf(users)).toContain('belongs to another user already');
      await signedIn('owner@example.org', OWN);
    });

    it('are refused for a user who is there already, with all that changed beside it', async () => {
      const fay = { email: 'fay@example.org', password: FIRST };
      await applied({ fay });
      const token = await signedIn('fay@example.org', FIRST);
      const stolen = { ...fay, email: 'owner@example.org', password: SECOND, firstName: 'Fay' };
      expect(await faultsOf({ fay: stolen })).toContain('belongs to another user already');
      expect((await me(token)).status).toBe(200);
      await signedIn('fay@example.org', FIRST);
    });
  });

  describe('with a hash', () => {
    it('let its user sign in, who then has an argon2id hash, which they leave alone', async () => {
      const passwordHash = (await bcrypt.hash(FIRST, 4)).replace('$2b$', '$2y$');
      const gus = { email: 'gus@example.org', passwordHash };
      await applied({ gus });
      expect((await rowOf('gus@example.org'))?.['password_hash']).toBe(passwordHash);
      expect((await login('gus@example.org', SECOND)).status).toBe(401);
      expect((await rowOf('gus@example.org'))?.['password_hash']).toBe(passwordHash);
      await signedIn('gus@example.org', FIRST);
      const replaced = (await rowOf('gus@example.org'))?.['password_hash'];
      expect(replaced).toMatch(/^\$argon2id\$v=19\$m=64,t=1,p=1\$/);
      expect(await apply()).toMatchObject({ unchanged: ['gus'] });
      expect((await rowOf('gus@example.org'))?.['password_hash']).toBe(replaced);
    });
  });

  it('refuse a set with a fault anywhere, and tell every fault', async () => {
    const message = await faultsOf({
      good: { password: FIRST },
      bad: { password: FIRST, passwordHash: 'x', level: 'emperor' },
      worse: { email: 'no address', phone: '123', unknown: 1 },
    });
    const lines = message.split('\n').map((line) => line.replace(/:.*/, ''));
    expect(lines.sort()).toEqual(
      [
        'users.yaml document 2 spec',
        'users.yaml document 2 spec.level',
        'users.yaml document 2 spec.passwordHash',
        'users.yaml document 3 spec.email',
        'users.yaml document 3 spec.phone',
        'users.yaml document 3 spec.unknown',
      ].sort(),
    );
    expect(message).not.toContain(FIRST);
  });
});
