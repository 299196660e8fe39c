import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { jest } from '@jest/globals';
import { Logger } from '@nestjs/common';
import { DeclaredIdentifierTaken } from '../accounts/accounts.errors.js';
import type { DeclareClients } from '../accounts/declare-clients.service.js';
import type { DeclareUsers } from '../accounts/declare-users.service.js';
import type { DeclaredUser } from '../accounts/declared-user.js';
import { loadConfig } from '../config/load-config.js';
import { violationsOf } from '../password-policy/password-rules.js';
import { environmentPolicy } from '../password-policy/policy-in-force.js';
import { ApplyManifests } from './apply-manifests.service.js';
import { ManifestsFaulty } from './manifest-faults.js';
import { BackupUserManifests } from './backup-user.manifest.js';
import { OAuthClientManifests } from './oauth-client.manifest.js';
import { SecretManifests } from './secret.manifest.js';
import { UserManifests } from './user.manifest.js';
import type { Config } from '../config/config.js';

const user = (name: string, spec = '{}') =>
  `apiVersion: gatehouse/v1\nkind: User\nmetadata: {name: ${name}}\nspec: ${spec}\n`;

const kindsFor = (config: Config) => {
  const secrets = new SecretManifests();
  return [new OAuthClientManifests(), new UserManifests(config), new BackupUserManifests(secrets), secrets];
};
const ADMIN =
  'JGFyZ29uMmlkJHY9MTkkbT02NTUzNix0PTEscD00JHpuVy9IT2Y4Q3RkdStvNSttYlR2REE9PSRaZlVpRGl2QWV2T2RZNndKYWJBb0FQdmM1a1hsemxDNkg2OFY2dGVmNUY0PQ==';
const backupUser = (name: string, more: object = {}) =>
  JSON.stringify({
    apiVersion: 'backups.riotkit.org/v1alpha1',
    kind: 'BackupUser',
    metadata: { name },
    spec: {
      email: `${name}@riseup.net`,
      roles: [],
      passwordFromRef: { name: 'passwords', entry: 'admin' },
      ...more,
    },
  }) + '\n';
const secret = (name: string, data: object) =>
  JSON.stringify({ apiVersion: 'v1', kind: 'Secret', metadata: { name }, data }) + '\n';

/** Answers that no client is declared. */
const NO_CLIENTS = {
  prepare: () => Promise.resolve({ report: { created: [], changed: [], unchanged: [] } }),
} as unknown as DeclareClients;

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
        if (declared.length <= refusals) {
          throw new DeclaredIdentifierTaken({ kind: 'User', name: set.at(-1)!.name });
        }
        const created = set.map(({ kind = 'User', name }) => ({
          kind,
          name,
          fields: ['level', 'roles', 'networks', 'type'],
        }));
        return { created, changed: [], unchanged: [] };
      },
    } as unknown as DeclareUsers;
    const config = loadConfig(environment);
    return new ApplyManifests(config, kindsFor(config), NO_CLIENTS, fake).apply();
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
    expect((await apply())?.created.map(({ name }) => name)).toEqual(['ada', 'bob', 'cleo']);
    expect(declared).toEqual([
      [
        { kind: 'User', name: 'ada', type: 'admin', level: 'manager' },
        { kind: 'User', name: 'bob', type: 'customer', level: 'member' },
        {
          kind: 'User',
          name: 'cleo',
          type: 'customer',
          level: 'member',
          password: { kind: 'plain', text: 'hunter2' },
        },
      ],
    ]);
    expect(log.mock.calls).toEqual([['Manifests: 3 created (ada, bob, cleo), 0 changed, 0 unchanged']]);
  });

  it('takes an empty folder', async () => {
    expect(await apply()).toEqual({ created: [], changed: [], unchanged: [] });
    expect(declared).toEqual([[]]);
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
      'b.yaml document 1 spec.passwordHash: must be an argon2 or scrypt (PHC), bcrypt, Django or werkzeug hash whose parameters are within the limits',
      'b.yaml document 1 spec.level: must be one of superuser, admin, manager, simpleuser, blocked',
      'b.yaml document 1 spec: must not have more than one of password, passwordHash, passwordFromEnv, passwordFromFile',
      'b.yaml document 2 spec.email: must be an e-mail address',
      'b.yaml document 2 metadata.name: this User is declared in b.yaml document 1 metadata.name already',
      'b.yaml document 3 kind: must be one of OAuthClient, User, BackupUser, Secret',
      'b.yaml document 4: must be a mapping with apiVersion, kind, metadata and spec',
      'b.yaml document 5 kind: must be one of OAuthClient, User, BackupUser, Secret',
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
    expect(await apply(1)).toMatchObject({ created: [{ name: 'ada' }] });
    expect(declared).toHaveLength(2);
  });

  it('names the manifest whose identifier is taken', async () => {
    const message = 'a name, e-mail address, phone or card declared here belongs to another user already';
    write('a.yaml', user('ada'), user('bob'));
    const error = await refusal(2);
    expect(error.faults).toEqual([{ file: 'a.yaml', document: 2, message }]);
    expect(error.cause).toBeInstanceOf(DeclaredIdentifierTaken);
  });

  it('lets any other fault through as it is', async () => {
    write('a.yaml', user('ada'));
    const broken = new Error('the database is gone');
    const config = loadConfig({ MANIFESTS_DIR: folder });
    const fake = { declare: () => Promise.reject(broken) } as unknown as DeclareUsers;
    await expect(new ApplyManifests(config, kindsFor(config), NO_CLIENTS, fake).apply()).rejects.toBe(broken);
  });

  it('looks a password up in a Secret, wherever it stands', async () => {
    write('a.yaml', backupUser('ada'));
    write('b.yaml', secret('passwords', { admin: ADMIN, other: 'anything' }));
    const report = await apply();
    expect(declared[0]).toMatchObject([{ name: 'ada', password: { kind: 'hash' } }]);
    // In the words of the document, and only what the document says.
    expect(report?.created).toEqual([{ kind: 'BackupUser', name: 'ada', fields: ['roles', 'restrictByIP'] }]);
  });

  it.each<[string, object, string]>([
    [
      'an entry that is not there',
      { 'a.b': ADMIN, __proto__: null },
      'b.yaml document 1 spec.passwordFromRef.entry: names an entry that the Secret does not have',
    ],
    [
      'an entry that is no hash',
      { admin: 'hunter2' },
      'b.yaml document 1 spec.passwordFromRef.entry: names an entry that is not base64 of an argon2id hash, $argon2id$v=19$m=…,t=…,p=…$<salt>$<hash>',
    ],
    // Once, where it is.
    [
      'a faulty Secret',
      { admin: 1 },
      'a.yaml document 1 data: has an entry that is not text: put it in quotes',
    ],
  ])('refuses a reference to %s', async (_what, data, fault) => {
    write('a.yaml', secret('passwords', data), user('ada'));
    write('b.yaml', backupUser('bob'));
    expect((await refusal()).message).toBe(fault);
    expect(declared).toEqual([]);
  });

  it('refuses a reference to no Secret beside every other fault, and identifiers shared over kinds', async () => {
    write('a.yaml', user('ada', '{email: bob@riseup.net}'), secret('s', {}), secret('s', {}));
    write('b.yaml', backupUser('bob'), backupUser('ADA', { roles: ['king'] }));
    expect((await refusal()).message.split('\n')).toEqual([
      'a.yaml document 3 metadata.name: this Secret is declared in a.yaml document 2 metadata.name already',
      'b.yaml document 1 spec.passwordFromRef.name: names a Secret that is not declared',
      'b.yaml document 1 spec.email: is the same identifier as that of a.yaml document 1 spec.email',
      expect.stringContaining(
        'b.yaml document 2 spec.roles.0: must be one of collectionManager, usersManager',
      ),
      'b.yaml document 2 metadata.name: is the same identifier as that of a.yaml document 1 metadata.name',
    ]);
    expect(declared).toEqual([]);
  });

  it('takes the example of document 001', async () => {
    await apply(0, { MANIFESTS_DIR: 'examples/manifests-001' });
    expect(declared.flat().map(({ name, level, networks }) => [name, level, networks])).toEqual([
      ['admin', 'superuser', []],
      ['some-user', 'manager', ['127.0.0.1/32', '::1']],
      ['unprivileged', 'member', []],
    ]);
  });

  it('takes the example, whose passwords meet the policy of production', async () => {
    await apply(0, { MANIFESTS_DIR: 'examples/manifests' });
    const users = declared.flat();
    expect(users.map(({ email, level }) => [email, level])).toEqual([
      ['admin@example.com', 'superuser'],
      ['manager@example.com', 'manager'],
      ['johndoe@example.com', 'member'],
    ]);
    const { values: rules } = environmentPolicy(
      loadConfig({ NODE_ENV: 'production', PUBLIC_URL: 'https://x.example' }),
    );
    for (const { name, email, password } of users) {
      expect(violationsOf(password!.text, rules, { username: name, email })).toEqual([]);
    }
  });
});
