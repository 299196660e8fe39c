import { HOUR } from '../../src/common/clock.js';
import { Reader } from '../../src/database/db.js';
import { sql } from '../../src/database/sql.js';
import { UnitOfWork } from '../../src/database/unit-of-work.js';
import { OneTimeTokens } from '../../src/one-time-tokens/one-time-tokens.service.js';
import type { TokenPurpose } from '../../src/one-time-tokens/one-time-token.js';
import { tokenHeader, type Answer } from '../support/api.js';
import { createPerson, type Person } from '../support/core-people.js';
import { startTestGatehouse, type TestGatehouse } from '../support/gatehouse.js';

const PASSWORD = 'abcd1234';

describe('many at once', () => {
  let server: TestGatehouse;

  beforeAll(async () => {
    server = await startTestGatehouse();
  });
  afterAll(() => server.stop());

  const register = (email: string): Promise<Answer> =>
    server.api.post('/api/v1.1/auth/register/', { email, password1: PASSWORD, password2: PASSWORD });
  const parallel = <T>(count: number, work: (index: number) => Promise<T>) =>
    Promise.all(Array.from({ length: count }, (_, index) => work(index)));
  const byStatus = (answers: readonly Answer[]) =>
    answers.reduce<Record<number, number>>(
      (counts, { status }) => ({ ...counts, [status]: (counts[status] ?? 0) + 1 }),
      {},
    );

  /** How many users, accounts, identifiers and grants belong to the addresses that begin with `prefix`. */
  async function countOf(prefix: string) {
    const [row] = await server.get(Reader).query<Record<string, number>>(
      sql`SELECT
        (SELECT count(*) FROM users WHERE email LIKE ${`${prefix}%`}) AS users,
        (SELECT count(*) FROM accounts a JOIN users u ON u.id = a.owner_id WHERE u.email LIKE ${`${prefix}%`}) AS accounts,
        (SELECT count(*) FROM user_identifiers WHERE value LIKE ${`${prefix}%`}) AS identifiers,
        (SELECT count(*) FROM grants g JOIN users u ON u.id = g.user_id WHERE u.email LIKE ${`${prefix}%`}) AS grants`,
    );
    return Object.fromEntries(Object.entries(row!).map(([name, count]) => [name, Number(count)]));
  }

  const issue = (person: Person, purpose: TokenPurpose) =>
    server.get(UnitOfWork).run((tx) =>
      server.get(OneTimeTokens).issue(tx, {
        purpose,
        userId: person.id,
        address: person.email,
        epoch: 0,
        ttl: HOUR,
      }),
    );

  it('registers 50 different addresses, each with its own user, account and working token', async () => {
    const answers = await parallel(50, (index) => register(`different-${index}@example.com`));
    expect(byStatus(answers)).toEqual({ 201: 50 });
    expect(new Set(answers.map(({ body }) => body.uid as string)).size).toBe(50);
    expect(await countOf('different-')).toEqual({ users: 50, accounts: 50, identifiers: 50, grants: 50 });
    const checks = await Promise.all(
      answers.map(({ body }) => server.api.get('/api/v1.1/account/me/', tokenHeader(body.token as string))),
    );
    expect(checks.map(({ body }) => body.email as string)).toEqual(
      answers.map(({ body }) => body.email as string),
    );
  }, 30_000);

  it('registers one address of 50 once, however it is written, and tells the others nothing', async () => {
    const spellings = ['same@example.com', 'SAME@example.com', 'Same@Example.COM'];
    const answers = await parallel(50, (index) => register(spellings[index % spellings.length]!));
    expect(byStatus(answers)).toEqual({ 201: 1, 200: 49 });
    for (const { status, body } of answers) if (status === 200) expect(body).toBe('');
    expect(await countOf('same@')).toEqual({ users: 1, accounts: 1, identifiers: 1, grants: 1 });
    const winner = answers.find(({ status }) => status === 201)!;
    expect(winner.body.email).toBe('same@example.com');
    const me = await server.api.get('/api/v1.1/account/me/', tokenHeader(winner.body.token as string));
    expect(me.body.uid).toBe(winner.body.uid);
    await server.mailbox.waitFor('same@example.com');
    expect((await register('same@example.com')).status).toBe(200);
    expect(await server.mailbox.to('same@example.com')).toHaveLength(1);
  }, 30_000);

  it('lets one of 20 redemptions of one password link win', async () => {
    const person = await createPerson(server, { email: 'redeemed@example.com', password: PASSWORD });
    const token = await issue(person, 'set-password');
    const passwordOf = (index: number) => `chosen password ${index}`;
    const answers = await parallel(20, (index) =>
      server.api.post('/api/v1.1/auth/change-password/', {
        email: person.email,
        password1: passwordOf(index),
        password2: passwordOf(index),
        password_change_token: token,
      }),
    );
    expect(byStatus(answers)).toEqual({ 200: 1, 400: 19 });
    for (const { status, body } of answers) expect('token' in body).toBe(status === 200);
    expect(await countOf('redeemed@')).toEqual({ users: 1, accounts: 1, identifiers: 1, grants: 1 });
    const signIns = await parallel(20, (index) =>
      server.api.post('/api/v1.1/auth/login/', { email: person.email, password: passwordOf(index) }),
    );
    expect(signIns.map(({ status }) => status === 200)).toEqual(answers.map(({ status }) => status === 200));
  }, 30_000);

  it('lets one of several confirmations win, and explains to the others', async () => {
    for (const contenders of [2, 10]) {
      const person = await createPerson(server, { email: `confirmed-${contenders}@example.com` });
      const token = await issue(person, 'confirm-email');
      const answers = await parallel(contenders, () => server.api.post(`/c/confirm-user-email/${token}`));
      expect(byStatus(answers)).toEqual({ 200: 1, 410: contenders - 1 });
      for (const { body } of answers) expect(body).toContain('<html');
      const [row] = await server
        .get(Reader)
        .query<{ at: number | null }>(
          sql`SELECT email_confirmed_at AS at FROM users WHERE id = ${person.id}`,
        );
      expect(row?.at).not.toBeNull();
    }
  });

  it('keeps one live link of many that are asked for at once', async () => {
    const person = await createPerson(server, { email: 'links@example.com', password: PASSWORD });
    const answers = await parallel(20, () =>
      server.api.post('/api/v1.1/auth/reset-password/', { email: person.email }),
    );
    expect(byStatus(answers)).toEqual({ 200: 20 });
    await server.mailbox.waitFor(person.email);
    const live = await server.get(Reader).query(
      sql`SELECT id FROM one_time_tokens WHERE user_id = ${person.id} AND consumed_at IS NULL
          AND expires_at > ${server.clock.now()}`,
    );
    expect(live).toHaveLength(1);
    const queued = await server.get(Reader).query(sql`SELECT id FROM outbox WHERE user_id = ${person.id}`);
    expect(queued).toHaveLength(1);
  });

  it('keeps one live link even of those that race for it in the core', async () => {
    const person = await createPerson(server, { email: 'racing-links@example.com' });
    await parallel(20, () => issue(person, 'set-password'));
    const live = await server.get(Reader).query(
      sql`SELECT id FROM one_time_tokens WHERE user_id = ${person.id} AND consumed_at IS NULL
          AND expires_at > ${server.clock.now()}`,
    );
    expect(live).toHaveLength(1);
  });
});
