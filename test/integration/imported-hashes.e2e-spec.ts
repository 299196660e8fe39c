import { pbkdf2Sync } from 'node:crypto';
import argon2 from '@node-rs/argon2';
import bcrypt from 'bcrypt';
import { tokenHeader, type Answer } from '../support/api.js';
import { createPeople } from '../support/core-people.js';
import { startTestGatehouse, type TestGatehouse } from '../support/gatehouse.js';
import { queryDatabase } from '../support/raw-database.js';

const PASSWORD = 'an imported hörse 1';
/** Of the parameters that hold by default: this file's server has the real ones. */
const TODAYS = /^\$argon2id\$v=19\$m=19456,t=2,p=1\$[A-Za-z0-9+/]{22}\$[A-Za-z0-9+/]{43}$/;

const WEAK = { memoryCost: 64, timeCost: 1, parallelism: 1 };
const [ARGON2D, ARGON2I, ARGON2ID] = [0, 1, 2];

function django(password: string, iterations: number): string {
  const digest = pbkdf2Sync(password, 'saltOfDjango', iterations, 32, 'sha256').toString('base64');
  return `pbkdf2_sha256$${iterations}$saltOfDjango$${digest}`;
}

describe('an imported user', () => {
  let server: TestGatehouse;
  let made = 0;

  beforeAll(async () => {
    server = await startTestGatehouse({ HASH_MEMORY_KIB: '', HASH_TIME_COST: '' });
  });
  afterAll(() => server.stop());

  async function importedWith(passwordHash: string): Promise<string> {
    const email = `imported-${++made}@example.org`;
    await createPeople(server, [{ email, passwordHash }]);
    return email;
  }
  const login = (email: string, password = PASSWORD): Promise<Answer> =>
    server.api.post('/api/v1.1/auth/login/', { email, password });
  const hashOf = async (email: string) => {
    const [row] = await queryDatabase(
      server.database,
      `SELECT password_hash, password_changed_at, grant_epoch FROM users WHERE email = '${email}'`,
    );
    return row!;
  };
  const lives = async (answer: Answer) =>
    (await server.api.get('/api/v1.1/account/me/', tokenHeader(answer.body.token as string))).status === 200;

  const HASHES: [string, () => Promise<string> | string][] = [
    ['argon2id of weaker parameters', () => argon2.hash(PASSWORD, { ...WEAK, algorithm: ARGON2ID })],
    [
      'argon2id with less memory only',
      () => argon2.hash(PASSWORD, { ...WEAK, memoryCost: 19_455, timeCost: 2 }),
    ],
    ['argon2i', () => argon2.hash(PASSWORD, { ...WEAK, algorithm: ARGON2I })],
    ['argon2d', () => argon2.hash(PASSWORD, { ...WEAK, algorithm: ARGON2D })],
    ['argon2id of the older version', () => argon2.hash(PASSWORD, { ...WEAK, version: 0 })],
    ['bcrypt $2b$', () => bcrypt.hash(PASSWORD, 5)],
    ['bcrypt $2y$, as PHP makes it', async () => (await bcrypt.hash(PASSWORD, 5)).replace('$2b$', '$2y$')],
    ['bcrypt $2a$', async () => (await bcrypt.hash(PASSWORD, 5)).replace('$2b$', '$2a$')],
    ['Django PBKDF2', () => django(PASSWORD, 1_000)],
    ['Django PBKDF2 of many iterations', () => django(PASSWORD, 600_000)],
  ];

  it.each(HASHES)('signs in with %s, and has a hash of today’s parameters then', async (_what, hash) => {
    const imported = await hash();
    const email = await importedWith(imported);
    expect((await login(email, `${PASSWORD}.`)).status).toBe(401);
    expect(await hashOf(email)).toMatchObject({ password_hash: imported });

    const first = await login(email);
    expect(first.status).toBe(200);
    const replaced = await hashOf(email);
    expect(replaced['password_hash']).toMatch(TODAYS);

    const second = await login(email);
    expect(second.status).toBe(200);
    expect((await login(email, `${PASSWORD}.`)).status).toBe(401);
    expect(await hashOf(email)).toEqual(replaced);
    // It is the same password, so nothing ends.
    expect(await lives(first)).toBe(true);
    expect(replaced['grant_epoch']).toBe(0);
  });

  it('keeps the time of his last change of password', async () => {
    const email = await importedWith(await bcrypt.hash(PASSWORD, 4));
    const before = await hashOf(email);
    expect((await login(email)).status).toBe(200);
    expect(await hashOf(email)).toMatchObject({ password_changed_at: before['password_changed_at'] });
  });

  it('signs in from several places at once, and every session lives', async () => {
    const email = await importedWith(await bcrypt.hash(PASSWORD, 4));
    const answers = await Promise.all([login(email), login(email), login(email)]);
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
    for (const answer of answers) expect(await lives(answer)).toBe(true);
    expect((await hashOf(email))['password_hash']).toMatch(TODAYS);
  });

  it('keeps a hash that is dearer than today’s', async () => {
    const dear = await argon2.hash(PASSWORD, { memoryCost: 20_000, timeCost: 3, parallelism: 2 });
    const email = await importedWith(dear);
    expect((await login(email)).status).toBe(200);
    expect(await hashOf(email)).toMatchObject({ password_hash: dear });
  });

  it.each([
    [
      'that asks for too much memory',
      '$argon2id$v=19$m=262145,t=1,p=1$c2FsdHNhbHRzYWx0c2FsdA$'.padEnd(100, 'a'),
    ],
    [
      'that asks for too many passes',
      '$argon2id$v=19$m=64,t=17,p=1$c2FsdHNhbHRzYWx0c2FsdA$'.padEnd(100, 'a'),
    ],
    ['of a cost of weeks', `$2b$31$${'a'.repeat(53)}`],
    ['of an unknown kind', 'md5$salt$0123456789abcdef0123456789abcdef'],
    ['that is the password itself', PASSWORD],
    ['that is empty', ''],
  ])('does not sign in with a hash %s, which stays as it is', async (_what, hash) => {
    const email = await importedWith(hash);
    expect((await login(email)).status).toBe(401);
    expect(await hashOf(email)).toMatchObject({ password_hash: hash });
  });
});
