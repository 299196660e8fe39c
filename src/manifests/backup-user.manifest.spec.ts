import type { References } from './manifest-kind.js';
import { BackupUserManifests } from './backup-user.manifest.js';
import { schemaFaults } from './schema-faults.js';
import { SecretManifests, type SecretEntries } from './secret.manifest.js';

const ENCODED =
  'JGFyZ29uMmlkJHY9MTkkbT02NTUzNix0PTEscD00JHpuVy9IT2Y4Q3RkdStvNSttYlR2REE9PSRaZlVpRGl2QWV2T2RZNndKYWJBb0FQdmM1a1hsemxDNkg2OFY2dGVmNUY0PQ==';
const HASH = {
  kind: 'hash',
  text: '$argon2id$v=19$m=65536,t=1,p=4$znW/HOf8Ctdu+o5+mbTvDA$ZfUiDivAevOdY6wJabAoAPvc5kXlzlC6H68V6tef5F4',
};
const BASE = { email: 'ada@riseup.net', roles: [] };

const secrets = new SecretManifests();
const kind = new BackupUserManifests(secrets);
const document = (spec: unknown, others: Record<string, unknown> = {}) => ({
  apiVersion: 'backups.riotkit.org/v1alpha1',
  kind: 'BackupUser',
  metadata: { name: 'ada' },
  spec,
  ...others,
});
const read = (spec: unknown, others?: Record<string, unknown>) =>
  kind.schema().safeParse(document(spec, others));
const faults = (spec: unknown, others?: Record<string, unknown>) =>
  schemaFaults(read(spec, others).error?.issues ?? []).map(({ field, message }) => `${field}: ${message}`);
const secretOf = (data: unknown) =>
  secrets.schema().safeParse({ apiVersion: 'v1', kind: 'Secret', metadata: { name: 's' }, data });
const declared = (spec: unknown, entries?: SecretEntries) => {
  const { data, error } = read(spec);
  expect(error).toBeUndefined();
  const references: References = { find: <T>() => (entries ?? null) as T | null };
  return kind.resolve(data!, references);
};

describe('kind BackupUser', () => {
  it('takes every field', () => {
    const spec = {
      email: 'ada@riseup.net',
      deactivated: true,
      restrictByIP: ['1.2.3.4', '10.0.0.0/8', '::1', '2001:db8::/32'],
      password: ENCODED,
      organization: 'Riotkit',
      about: 'System administrator',
      roles: ['uploadsAnytime', 'collectionManager', 'backupUploader'],
    };
    const metadata = { name: 'ada', namespace: 'backups', labels: { a: 'b' }, annotations: { 'c.d/e': 'f' } };
    expect(faults(spec, { metadata })).toEqual([]);
    expect(declared(spec)).toEqual({
      kind: 'BackupUser',
      name: 'ada',
      type: 'admin',
      level: 'manager',
      deactivated: true,
      email: 'ada@riseup.net',
      emailVerified: true,
      roles: spec.roles,
      networks: spec.restrictByIP,
      password: HASH,
    });
  });

  it('declares what is left out as not there', () => {
    expect(declared(BASE)).toMatchObject({ deactivated: false, networks: [], password: undefined });
  });

  it.each<[string[], string]>([
    [[], 'member'],
    [['backupUploader', 'backupDownloader', 'uploadsAnytime'], 'member'],
    [['backupUploader', 'collectionManager'], 'manager'],
    [['collectionManager', 'usersManager'], 'admin'],
    [['userManager'], 'admin'],
    [['collectionManager', 'usersManager', 'systemAdmin'], 'superuser'],
  ])('makes of %j the level %s', (roles, level) => {
    expect(declared({ ...BASE, roles })).toMatchObject({ level, roles });
  });

  it('lets the reference win over a password, as the examples of the document have it', () => {
    const passwordFromRef = { name: 's', entry: 'admin' };
    const entries = secretOf({ admin: ENCODED }).data;
    for (const password of ['hashed', '']) {
      expect(declared({ ...BASE, password, passwordFromRef }, entries)).toMatchObject({ password: HASH });
    }
  });

  it('takes the name of an entry as it is', () => {
    for (const entry of ['a.b', 'data.admin', '#', '@reverse', '*', '../x', 'toString', '0', 'ä \u{1f511}']) {
      const { data } = secretOf({ a: { b: ENCODED }, [entry]: ENCODED });
      expect(data).toBeUndefined();
      const sound = secretOf({ [entry]: ENCODED }).data;
      expect(declared({ ...BASE, passwordFromRef: { name: 's', entry } }, sound)).toMatchObject({
        password: HASH,
      });
      const other = secretOf({ admin: ENCODED }).data;
      expect(() => declared({ ...BASE, passwordFromRef: { name: 's', entry } }, other)).toThrow(
        'names an entry that the Secret does not have',
      );
    }
  });

  const ENCODING = 'must be base64 of an argon2id hash, $argon2id$v=19$m=…,t=…,p=…$<salt>$<hash>';
  const ROLE =
    'must be one of collectionManager, usersManager, userManager, systemAdmin, backupUploader, backupDownloader, uploadsAnytime';
  it.each<[unknown, string[]]>([
    [{}, ['spec.email: is missing', 'spec.roles: is missing']],
    [{ ...BASE, email: 'nobody' }, ['spec.email: must be an e-mail address']],
    [{ ...BASE, roles: ['systemAdmin', 'king'] }, [`spec.roles.1: ${ROLE}`]],
    [{ ...BASE, roles: 'systemAdmin' }, ['spec.roles: must be a list']],
    [
      { ...BASE, restrictByIP: ['1.2.3.4/33'] },
      ['spec.restrictByIP.0: must be an address or a range in CIDR notation'],
    ],
    [{ ...BASE, restrictByIP: null }, ['spec.restrictByIP: must be a list']],
    [{ ...BASE, deactivated: 'no' }, ['spec.deactivated: must be true or false']],
    [{ ...BASE, password: 'hunter2' }, [`spec.password: ${ENCODING}`]],
    [{ ...BASE, password: '' }, [`spec.password: ${ENCODING}`]],
    [{ ...BASE, passwordFromRef: { name: 's' } }, ['spec.passwordFromRef.entry: is missing']],
    [{ ...BASE, accessKeys: [] }, ['spec.accessKeys: is not a known field']],
    [
      { roles: [1], password: 'hunter2', king: true },
      [
        'spec.email: is missing',
        `spec.roles.0: ${ROLE}`,
        'spec.king: is not a known field',
        `spec.password: ${ENCODING}`,
      ],
    ],
  ])('refuses %j', (spec, expected) => {
    expect(faults(spec)).toEqual(expected);
  });

  it('refuses another apiVersion', () => {
    expect(faults(BASE, { apiVersion: 'gatehouse/v1' })).toEqual([
      'apiVersion: must be one of backups.riotkit.org/v1alpha1',
    ]);
  });
});

describe('kind Secret', () => {
  const faultsOf = (data: unknown) =>
    schemaFaults(secretOf(data).error?.issues ?? []).map(({ field, message }) => `${field}: ${message}`);

  it('takes entries of any name and any text', () => {
    expect([...secretOf({ 'a.b': 'x', '': '' }).data!]).toEqual([
      ['a.b', 'x'],
      ['', ''],
    ]);
  });

  it.each<[unknown, string]>([
    [undefined, 'data: is missing'],
    [[], 'data: must be a mapping'],
    [null, 'data: must be a mapping'],
    [{ hunter2: 1 }, 'data: has an entry that is not text: put it in quotes'],
  ])('refuses %j, and never names an entry', (data, fault) => {
    expect(faultsOf(data)).toEqual([fault]);
  });
});
