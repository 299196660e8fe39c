import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DeclaredUser } from '../accounts/declared-user.js';
import { loadConfig } from '../config/load-config.js';
import { schemaFaults } from './schema-faults.js';
import { UserManifests } from './user.manifest.js';

const BCRYPT = '$2b$10$abcdefghijklmnopqrstuu5Lo1g5n8s1Y8GMqQ6nH6Jf3yZ5nS7eC';

describe('kind User', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'manifests-'));
    writeFileSync(join(folder, 'one'), '  from a file\n\n');
    writeFileSync(join(folder, 'windows'), 'from windows\r\n');
    writeFileSync(join(folder, 'empty'), '\n');
    writeFileSync(join(folder, 'long'), 'x'.repeat(1_025));
    writeFileSync(join(folder, 'huge'), 'x'.repeat(20_000));
    writeFileSync(join(folder, 'binary'), Buffer.from([0xff, 0xfe]));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  const read = (spec: unknown, others: Record<string, unknown> = {}) => {
    const config = loadConfig({ GIVEN: 'from the environment', EMPTY: '', LONG: 'x'.repeat(1_025) });
    const document = { apiVersion: 'gatehouse/v1', kind: 'User', metadata: { name: 'ada' }, spec, ...others };
    return new UserManifests(config).schema(folder).safeParseAsync(document);
  };
  const declared = async (spec: unknown): Promise<DeclaredUser> => {
    const { data, error } = await read(spec);
    expect(error).toBeUndefined();
    return data!;
  };
  const faults = async (spec: unknown, others?: Record<string, unknown>) => {
    const { error } = await read(spec, others);
    return schemaFaults(error?.issues ?? []).map(({ field, message }) => `${field}: ${message}`);
  };

  it('takes every field', async () => {
    const spec = {
      type: 'customer',
      email: 'ada@localhost',
      password: ' p ',
      level: 'admin',
      emailVerified: false,
      firstName: 'Ada',
      lastName: '',
      phone: '+48500100200',
      loyaltyCardNumber: '47834433524',
    };
    expect(await declared(spec)).toEqual({
      ...spec,
      kind: 'User',
      name: 'ada',
      password: { kind: 'plain', text: ' p ' },
    });
  });

  it('gives what is left out its default', async () => {
    expect(await declared({})).toEqual({
      kind: 'User',
      name: 'ada',
      type: 'customer',
      level: 'member',
    });
    expect(await declared({ type: 'seller' })).toMatchObject({ level: 'member' });
    expect(await declared({ type: 'admin' })).toMatchObject({ level: 'manager' });
    expect(await declared({ type: 'admin', level: 'simpleuser' })).toMatchObject({ level: 'member' });
    expect(await declared({ level: 'blocked' })).toMatchObject({ level: 'blocked' });
  });

  it('takes a password from a hash, the environment or a file', async () => {
    const password = async (spec: unknown) => (await declared(spec)).password;
    expect(await password({ passwordHash: BCRYPT })).toEqual({ kind: 'hash', text: BCRYPT });
    expect(await password({ passwordFromEnv: 'GIVEN' })).toEqual({
      kind: 'plain',
      text: 'from the environment',
    });
    expect(await password({ passwordFromFile: 'one' })).toEqual({ kind: 'plain', text: '  from a file\n' });
    expect(await password({ passwordFromFile: join(folder, 'windows') })).toEqual({
      kind: 'plain',
      text: 'from windows',
    });
    expect(await password({ password: '\u{1f511}'.repeat(1_024) })).toMatchObject({ kind: 'plain' });
  });

  const LENGTH = 'must have 1 to 1024 characters';
  const HASH =
    'must be an argon2 or scrypt (PHC), bcrypt, Django or werkzeug hash whose parameters are within the limits';
  it.each<[unknown, string]>([
    [{ type: 'king' }, 'spec.type: must be one of customer, seller, admin'],
    [{ level: 'root' }, 'spec.level: must be one of superuser, admin, manager, simpleuser, blocked'],
    [{ email: 'Ada <ada@example.com>' }, 'spec.email: must be an e-mail address'],
    [
      { email: `ada@${'x'.repeat(60)}.${`${'y'.repeat(60)}.`.repeat(4)}com` },
      'spec.email: must be an e-mail address',
    ],
    [{ emailVerified: 'yes' }, 'spec.emailVerified: must be true or false'],
    [{ firstName: 'x'.repeat(151) }, 'spec.firstName: must have 0 to 150 characters'],
    [{ lastName: 'a\u0007' }, 'spec.lastName: must not contain control characters'],
    [{ lastName: null }, 'spec.lastName: must be text'],
    [{ phone: 48500100200 }, 'spec.phone: must be text: put it in quotes'],
    [{ phone: '500100200' }, 'spec.phone: must be + and 6 to 15 digits'],
    [{ type: 'admin', phone: '+48500100200' }, 'spec.phone: is for users of type customer only'],
    [{ loyaltyCardNumber: '' }, 'spec.loyaltyCardNumber: must have 1 to 64 characters'],
    [
      { type: 'seller', loyaltyCardNumber: '4' },
      'spec.loyaltyCardNumber: is for users of type customer only',
    ],
    [{ nickname: 'x' }, 'spec.nickname: is not a known field'],
    [{ 'password:hunter2': null }, 'spec: has an unknown field'],
    [{ password: '' }, `spec.password: ${LENGTH}`],
    [{ password: 'x'.repeat(1_025) }, `spec.password: ${LENGTH}`],
    [{ password: { hunter2: null } }, 'spec.password: must be text'],
    [{ passwordHash: 'hunter2' }, `spec.passwordHash: ${HASH}`],
    [{ passwordHash: `${BCRYPT}${' '.repeat(600)}` }, `spec.passwordHash: ${HASH}`],
    [{ passwordFromEnv: 'MISSING' }, 'spec.passwordFromEnv: names a variable that is unset or empty'],
    [{ passwordFromEnv: 'EMPTY' }, 'spec.passwordFromEnv: names a variable that is unset or empty'],
    [{ passwordFromEnv: 'toString' }, 'spec.passwordFromEnv: names a variable that is unset or empty'],
    [{ passwordFromEnv: 'LONG' }, `spec.passwordFromEnv: names a variable whose value ${LENGTH}`],
    [{ passwordFromFile: 'missing' }, 'spec.passwordFromFile: names a file that does not exist'],
    [{ passwordFromFile: '.' }, 'spec.passwordFromFile: names something that is not a regular file'],
    [{ passwordFromFile: 'a\0b' }, 'spec.passwordFromFile: names a file that cannot be read'],
    [{ passwordFromFile: 'binary' }, 'spec.passwordFromFile: names a file that is not UTF-8 text'],
    [{ passwordFromFile: 'empty' }, `spec.passwordFromFile: names a file whose content ${LENGTH}`],
    [{ passwordFromFile: 'long' }, `spec.passwordFromFile: names a file whose content ${LENGTH}`],
    [{ passwordFromFile: 'huge' }, `spec.passwordFromFile: names a file whose content ${LENGTH}`],
    [undefined, 'spec: is missing'],
    [[], 'spec: must be a mapping'],
  ])('refuses %j', async (spec, fault) => {
    expect(await faults(spec)).toEqual([fault]);
  });

  it.each<[Record<string, unknown>, string]>([
    [{ apiVersion: 'v2' }, 'apiVersion: must be one of gatehouse/v1'],
    [{ apiVersion: undefined }, 'apiVersion: is missing'],
    [{ metadata: {} }, 'metadata.name: is missing'],
    [{ metadata: { name: '' } }, 'metadata.name: must have 1 to 150 characters'],
    [{ metadata: { name: 'x'.repeat(151) } }, 'metadata.name: must have 1 to 150 characters'],
    [{ metadata: { name: 'a\nb' } }, 'metadata.name: must not contain control characters'],
    [{ metadata: { name: '  ' } }, 'metadata.name: must not be blank, nor become too long when normalised'],
    [{ metadata: { name: 'a', labels: {} } }, 'metadata.labels: is not a known field'],
    [{ status: {} }, 'status: is not a known field'],
  ])('refuses %j', async (others, fault) => {
    expect(await faults({}, others)).toEqual([fault]);
  });

  it('refuses two passwords', async () => {
    const twice =
      'spec: must not have more than one of password, passwordHash, passwordFromEnv, passwordFromFile';
    expect(await faults({ password: 'x', passwordHash: BCRYPT })).toEqual([twice]);
    expect(await faults({ passwordFromEnv: 'GIVEN', passwordFromFile: 'one' })).toEqual([twice]);
  });

  it('tells every fault at once', async () => {
    const spec = {
      type: 'admin',
      level: 'root',
      email: 'nobody',
      password: 'x',
      passwordFromEnv: 'MISSING',
      phone: '1',
      nickname: 'x',
    };
    expect((await faults(spec, { metadata: {} })).sort()).toEqual([
      'metadata.name: is missing',
      'spec.email: must be an e-mail address',
      'spec.level: must be one of superuser, admin, manager, simpleuser, blocked',
      'spec.nickname: is not a known field',
      'spec.passwordFromEnv: names a variable that is unset or empty',
      'spec.phone: is for users of type customer only',
      'spec.phone: must be + and 6 to 15 digits',
      'spec: must not have more than one of password, passwordHash, passwordFromEnv, passwordFromFile',
    ]);
  });
});
