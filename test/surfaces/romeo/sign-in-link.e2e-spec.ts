import { DAY, MINUTE, SECOND } from '../../../src/common/clock.js';
import { digestOf } from '../../../src/common/digest.js';
import { Reader, type Tx } from '../../../src/database/db.js';
import { sql } from '../../../src/database/sql.js';
import { UnitOfWork } from '../../../src/database/unit-of-work.js';
import { Users } from '../../../src/users/users.service.js';
import { outcome, tokenHeader } from '../../support/api.js';
import {
  block,
  mailedToken,
  makePerson,
  signIn as signInAt004,
  unblock,
  type Person,
} from '../../support/declared-people.js';
import { startTestGatehouse, type TestGatehouse } from '../../support/gatehouse.js';
import { INVALID_REQUEST } from './answers.js';
import { browserOf, cookieValue, invite, newVisitor, signIn, validate, type Cookie } from './browsers.js';

describe('document 002, a sign-in link', () => {
  let server: TestGatehouse;
  let people = 0;

  beforeAll(async () => {
    server = await startTestGatehouse({ AUTH_CONFIRM_EMAIL_ENABLE: 'true', PASSWORD_EXPIRY_TIME: '90' });
  });
  afterAll(() => server.stop());

  const newcomer = (fields: object = {}) =>
    makePerson(server, { email: `person-${(people += 1)}@example.org`, ...fields });
  async function linkFor({ email }: Pick<Person, 'email'>, count = 1): Promise<string> {
    await server.api.post('/v1/sign-in-links', { email });
    return mailedToken(server, email, count);
  }
  const userOf = async (browser: Cookie) =>
    (await server.api.get('/api', browser)).body.user?.username as string | undefined;
  const refused = async (token: string, headers: Record<string, string> = {}) => {
    const answer = await validate(server.api, token, headers);
    expect([outcome(answer), answer.headers.get('set-cookie')]).toEqual([INVALID_REQUEST, null]);
  };

  it('signs in, once', async () => {
    const person = await newcomer();
    const token = await linkFor(person);
    const answer = await validate(server.api, token);
    expect(outcome(answer)).toEqual({ status: 204, body: '' });
    expect(answer.headers.get('set-cookie')).toMatch(
      /^session=[0-9a-f]{40}; Path=\/; HttpOnly; SameSite=Lax$/,
    );
    expect(await userOf(browserOf(answer))).toBe(person.email);
    await refused(token);
  });

  it('signs one of many in that race', async () => {
    const token = await linkFor(await newcomer());
    const answers = await Promise.all(Array.from({ length: 8 }, () => validate(server.api, token)));
    expect(answers.map(({ status }) => status).sort()).toEqual([
      204,
      ...Array.from({ length: 7 }, () => 400),
    ]);
  });

  it('works for 15 minutes', async () => {
    const one = await newcomer();
    const other = await newcomer();
    const tokens = [await linkFor(one), await linkFor(other)];
    server.clock.advance(15 * MINUTE - 10 * SECOND);
    expect((await validate(server.api, tokens[0])).status).toBe(204);
    server.clock.advance(10 * SECOND);
    await refused(tokens[1]!);
  });

  it('dies with a newer one', async () => {
    const person = await newcomer();
    const older = await linkFor(person);
    server.clock.advance(MINUTE + SECOND);
    const newer = await linkFor(person, 2);
    await refused(older);
    expect((await validate(server.api, newer)).status).toBe(204);
  });

  it('dies with a password change and with blocking, which unblocking does not undo', async () => {
    const person = await newcomer();
    const first = await linkFor(person);
    const changed = await server.api.post(
      '/api/v1.1/auth/change-password/',
      { email: person.email, password1: 'another horse 2', password2: 'another horse 2' },
      tokenHeader(await signInAt004(server, person)),
    );
    expect(changed.status).toBe(200);
    await refused(first);
    server.clock.advance(MINUTE + SECOND);
    const second = await linkFor(person, 2);
    await block(server, person);
    await refused(second);
    await unblock(server, person);
    await refused(second);
  });

  it('confirms the address that it was mailed to; the password that could not let anybody in is gone', async () => {
    const person = await newcomer({ emailVerified: false });
    const login = () => server.api.post('/api/login', { username: person.email, password: person.password });
    expect((await login()).status).toBe(400);
    const redeemed = await validate(server.api, await linkFor(person));
    expect(redeemed.status).toBe(204);
    expect((await server.api.get('/v1/me', browserOf(redeemed))).body.emailConfirmed).toBe(true);
    expect((await login()).status).toBe(400);
  });

  it('dies when its user has another address', async () => {
    const person = await newcomer();
    const token = await linkFor(person);
    const change = (tx: Tx) => server.get(Users).changeEmail(tx, person.uid, `moved-${person.email}`, true);
    await server.get(UnitOfWork).run(change);
    await refused(token);
  });

  it('does not get around a password that is too old, nor networks', async () => {
    const person = await newcomer();
    const elsewhere = await newcomer({ networks: ['192.0.2.0/24'] });
    await refused(await linkFor(elsewhere));
    server.clock.advance(91 * DAY);
    await refused(await linkFor(person));
  });

  it('ends the session that came along; a refused one leaves it alone', async () => {
    const person = await newcomer();
    const before = await signIn(server.api, person);
    await refused('00000000-0000-7000-8000-000000000000', before);
    expect(await userOf(before)).toBe(person.email);
    const after = browserOf(await validate(server.api, await linkFor(person), before));
    expect(after).not.toEqual(before);
    expect([await userOf(before), await userOf(after)]).toEqual([undefined, person.email]);
  });

  it('takes along what a guest could see', async () => {
    const owner = await newVisitor(server, `owner-${people}@example.org`);
    const guest = browserOf(await validate(server.api, await invite(server, owner, 1_000)));
    const browser = browserOf(await validate(server.api, await linkFor(await newcomer()), guest));
    expect((await server.api.get('/api/video/1000', browser)).status).toBe(200);
    expect((await server.api.get('/api/video/1000', guest)).status).toBe(401);
  });

  it('is the only one-time token that does: others are refused, and stay alive', async () => {
    const person = await newcomer();
    await server.api.post('/api/v1.1/auth/reset-password/', { email: person.email });
    const reset = await mailedToken(server, person.email);
    await refused(reset);
    const link = await linkFor(person, 2);
    const bodies = { email: person.email, password1: 'yet another 3', password2: 'yet another 3' };
    const change = (token: string) =>
      server.api.post('/api/v1.1/auth/change-password/', { ...bodies, password_change_token: token });
    expect((await change(link)).status).toBe(400);
    expect((await change(reset)).status).toBe(200);

    const email = `registering-${people}@example.org`;
    await server.api.post('/api/register', { username: email, password: 'pass word 12', name: 'R' });
    const confirmation = await mailedToken(server, email);
    await refused(confirmation);
    expect((await server.api.post(`/c/confirm-user-email/${confirmation}`)).status).toBe(200);
  });

  it('is not consumed by looking at the page, and kept as a digest', async () => {
    const person = await newcomer();
    const token = await linkFor(person);
    expect((await server.api.get('/')).status).toBe(200);
    expect((await server.api.get(`/api/validate_token?token=${token}`)).status).toBe(405);
    const rows = await server
      .get(Reader)
      .query<{ digest: string }>(
        sql`SELECT digest FROM one_time_tokens WHERE digest = ${digestOf(token)} AND consumed_at IS NULL`,
      );
    expect(rows).toHaveLength(1);
    expect(cookieValue(await validate(server.api, token))).not.toBeNull();
  });
});
