import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { jest } from '@jest/globals';
import { Logger } from '@nestjs/common';
import type { DeclareUsers } from '../accounts/declare-users.service.js';
import type { DeclaredUser } from '../accounts/declared-user.js';
import { loadConfig } from '../config/load-config.js';
import { violationsOf } from '../password-policy/password-rules.js';
import { PasswordPolicy } from '../password-policy/password-policy.service.js';
import { IdentifierTaken } from '../users/users.errors.js';
import { ApplyManifests } from './apply-manifests.service.js';
import { ManifestsFaulty } from './manifest-faults.js';
import { UserManifests } from './user.manifest.js';

const user = (name: string, spec = '{}') =>
  `apiVersion: gatehouse/v1\nkind: User\nmetadata: {name: ${name}}\nspec: ${spec}\n`;

describe('ApplyManifests', () => {
  let folder: string;
  let declared: (readonly DeclaredUser[])[];
  let log: ReturnType<typeof jest.spyOn>;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'manifests-'));
    declared = [];
    log = jest.spyOn(Logger.prototype, 'log').mockImplementation(() => undefined);
  });
  afterEach(() => {
    rmSync(folder, { recursive: true });
    jest.restoreAllMocks();
  });

  const write = (name: string, ...documents: string[]) =>
    writeFileSync(join(folder, name), documents.join('---\n'));
  /** Creates whom it is given; the first `refusals` times it finds an identifier taken. */
  const apply = (refusals = 0, environment: Record<string, string> = { MANIFESTS_DIR: folder }) => {
    const fake = {
      declare: async (set: readonly DeclaredUser[]) => {
        declared.push(set);
        if (declared.length <= refusals) throw new IdentifierTaken();
        return { created: set.map(({ name }) => name), changed: [], unchanged: [] };
      },
    } as unknown as DeclareUsers;
    const config = loadConfig(environment);
    return new ApplyManifests(config, [new UserManifests(config, fake)]).apply();
  };
  const refusal = async (refusals?: number): Promise<ManifestsFaulty> => {
    const error = await apply(refusals).then(
      () => null,
      (thrown: unknown) => thrown,
    );
    expect(error).toBeInstanceOf(ManifestsFaulty);
    return error as ManifestsFaulty;
  };

  it('does nothing without a folder', async () => {
    expect(await apply(0, {})).toBeNull();
    expect(declared).toEqual([]);
    expect(log).not.toHaveBeenCalled();
  });

  it('declares the whole set at once and logs one line without a secret', async () => {
    write('b.yaml', user('cleo', '{password: hunter2}'));
    write('a.yml', user('ada', '{type: admin}'), user('bob'));
    expect(await apply()).toEqual({ created: ['ada', 'bob', 'cleo'], changed: [], unchanged: [] });
    expect(declared).toEqual([
      [
        { name: 'ada', type: 'admin', level: 'manager' },
        { name: 'bob', type: 'customer', level: 'member' },
        { name: 'cleo', type: 'customer', level: 'member', password: { kind: 'plain', text: 'hunter2' } },
      ],
    ]);
    expect(log.mock.calls).toEqual([['Manifests: 3 created (ada, bob, cleo), 0 changed, 0 unchanged']]);
  });

  it('takes an empty folder', async () => {
    expect(await apply()).toEqual({ created: [], changed: [], unchanged: [] });
    expect(declared).toEqual([]);
  });

  it('tells of a missing folder in one line', async () => {
    const missing = join(folder, 'missing');
    await expect(apply(0, { MANIFESTS_DIR: missing })).rejects.toThrow(
      `${missing}: the folder that MANIFESTS_DIR names does not exist`,
    );
  });

  it('tells every fault of every file at once, applies nothing and shows no secret', async () => {
    write('c.yaml', user('ok', '{password: hunter2}'), 'a: "hunter2\n');
    write(
      'b.yaml',
      user('ada', '{level: hunter2, password: 2, passwordHash: hunter2}'),
      user('ada', '{email: hunter2}'),
      'kind: Robot\n',
      '[hunter2]\n',
      'spec: {}\n',
    );
    write('a.yaml', user('OK'));
    const error = await refusal();
    expect(error.message.split('\n')).toEqual([
      'b.yaml document 1 spec.password: must be text: put it in quotes',
      'b.yaml document 1 spec.passwordHash: must be an Argon2 (PHC), bcrypt or Django PBKDF2 hash',
      'b.yaml document 1 spec.level: must be one of superuser, admin, manager, simpleuser, blocked',
      'b.yaml document 1 spec: must not have more than one of password, passwordHash, passwordFromEnv, passwordFromFile',
      'b.yaml document 2 spec.email: must be an e-mail address',
      'b.yaml document 2 metadata.name: this User is declared in b.yaml document 1 metadata.name already',
      'b.yaml document 3 kind: must be one of User',
      'b.yaml document 4: must be a mapping with apiVersion, kind, metadata and spec',
      'b.yaml document 5 kind: must be one of User',
      'c.yaml document 1 metadata.name: is the same identifier as that of a.yaml document 1 metadata.name',
      'c.yaml document 2 line 7: a quote, bracket, comma or space is missing',
    ]);
    expect(error.faults).toHaveLength(11);
    expect(declared).toEqual([]);
    expect(log).not.toHaveBeenCalled();
  });

  it('refuses an identifier that two users share, in any field and any spelling', async () => {
    write('a.yaml', user('ada@example.com', '{email: ada@example.com, phone: "+48500100200"}'));
    write('b.yaml', user('bob', '{email: ADA@Example.com, loyaltyCardNumber: "+48500100200"}'));
    expect((await refusal()).message.split('\n')).toEqual([
      'b.yaml document 1 spec.email: is the same identifier as that of a.yaml document 1 metadata.name',
      'b.yaml document 1 spec.loyaltyCardNumber: is the same identifier as that of a.yaml document 1 spec.phone',
    ]);
  });

  it('passes when another node was first', async () => {
    write('a.yaml', user('ada'));
    expect(await apply(1)).toMatchObject({ created: ['ada'] });
    expect(declared).toHaveLength(2);
  });

  it('names the manifest whose identifier is taken if it is the only one, else the folder', async () => {
    const message = 'a name, e-mail address, phone or card declared here belongs to another user already';
    write('a.yaml', user('ada'));
    expect((await refusal(2)).faults).toEqual([{ file: 'a.yaml', document: 1, message }]);
    declared = [];
    write('b.yaml', user('bob'));
    const error = await refusal(2);
    expect(error.faults).toEqual([{ file: folder, message }]);
    expect(error.cause).toBeInstanceOf(IdentifierTaken);
  });

  it('lets any other fault through as it is', async () => {
    write('a.yaml', user('ada'));
    const broken = new Error('the database is gone');
    const config = loadConfig({ MANIFESTS_DIR: folder });
    const fake = { declare: () => Promise.reject(broken) } as unknown as DeclareUsers;
    await expect(new ApplyManifests(config, [new UserManifests(config, fake)]).apply()).rejects.toBe(broken);
  });

  it('takes the example, whose passwords meet the policy of production', async () => {
    await apply(0, { MANIFESTS_DIR: 'examples/manifests' });
    const users = declared.flat();
    expect(users.map(({ email, level }) => [email, level])).toEqual([
      ['admin@example.com', 'superuser'],
      ['manager@example.com', 'manager'],
      ['johndoe@example.com', 'member'],
    ]);
    const rules = new PasswordPolicy(
      loadConfig({ NODE_ENV: 'production', PUBLIC_URL: 'https://x.example' }),
    ).rules();
    for (const { name, email, password } of users) {
      expect(violationsOf(password!.text, rules, { username: name, email })).toEqual([]);
    }
  });
});
