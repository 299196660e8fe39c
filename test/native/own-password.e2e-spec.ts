import { MINUTE } from '../../src/common/clock.js';
import { bearer, faultyFields, outcome } from '../support/api.js';
import { keyHeader, makeKey, makeSignedIn, problem, type SignedIn } from '../support/api-keys.js';
import { cookieHeader, signInAtV1 } from '../support/cookies.js';
import { mailsWrittenTo, PASSWORD, signIn } from '../support/declared-people.js';
import { signInAt003 } from '../support/doors.js';
import { startTestGatehouse, type TestGatehouse } from '../support/gatehouse.js';
import { makeKeyHolder, showPasskey } from '../support/passkeys.js';
import { queryDatabase } from '../support/raw-database.js';

const PATH = '/v1/me/password';
const NEW = 'another one 22';
const DONE = { status: 204, body: '' };

/** Contract 3.2, 3.3, 3.6. */
describe('PUT /v1/me/password', () => {
  let server: TestGatehouse;
  let ada: SignedIn;
  let count = 0;

  beforeAll(async () => {
    server = await startTestGatehouse({ PASSWORD_MIN_DIGITS: '1' });
  });
  const freshEmail = () => `person-${++count}@example.com`;
  beforeEach(async () => {
    ada = await makeSignedIn(server, { email: freshEmail() });
  });
  afterAll(() => server.stop());

  const put = (body: unknown, headers: Record<string, string> = bearer(ada.token), at = server) =>
    at.api.send('PUT', PATH, body, headers);
  const me = async (headers: Record<string, string>) => (await server.api.get('/v1/me', headers)).status;
  const logsIn = async (password: string) =>
    (await server.api.post('/v1/sessions', { identifier: ada.email, password })).status;
  /** Takes the password away, as of somebody who came by an account elsewhere. */
  const forget = ({ uid }: { uid: string }) =>
    queryDatabase(server.database, `UPDATE users SET password_hash = NULL WHERE id = '${uid}' RETURNING id`);

  it('sets it; this session goes on, all others end at every door, and its owner is told', async () => {
    const others = [bearer(await signIn(server, ada)), cookieHeader(await signInAtV1(server.api, ada))];
    for (const other of others) expect(await me(other)).toBe(200);
    const answer = await put({ currentPassword: ada.password, password: NEW });
    expect(outcome(answer)).toEqual(DONE);
    expect(answer.headers.getSetCookie()).toEqual([]);
    expect(await me(bearer(ada.token))).toBe(200);
    for (const other of others) expect(await me(other)).toBe(401);
    expect([await logsIn(ada.password), await logsIn(NEW)]).toEqual([401, 201]);
    expect(await mailsWrittenTo(server, ada.email)).toContain('password-changed');
  });

  it('takes a cookie, which goes on too, from a page of ours alone', async () => {
    const cookie = cookieHeader(await signInAtV1(server.api, ada));
    const body = { currentPassword: ada.password, password: NEW };
    expect(await put(body, { ...cookie, origin: 'https://evil.example' })).toMatchObject({
      status: 403,
      body: { code: 'foreign-origin' },
    });
    expect(outcome(await put(body, cookie))).toEqual(DONE);
    expect([await me(cookie), await me(bearer(ada.token))]).toEqual([200, 401]);
  });

  it('tells all faults together, each under its field, and changes nothing', async () => {
    const invalid = (...errors: [path: string, rule: string][]) =>
      problem(400, 'invalid-fields', { errors: errors.map(([path, rule]) => ({ path, rule })) });
    const wrong = 'wrong';
    const cases = [
      [{ currentPassword: wrong, password: NEW }, invalid(['currentPassword', 'not-current'])],
      [{ password: NEW }, invalid(['currentPassword', 'not-current'])],
      [{ currentPassword: null, password: NEW }, invalid(['currentPassword', 'not-current'])],
      [{ currentPassword: ada.password, password: ada.password }, invalid(['password', 'same'])],
      [
        { currentPassword: wrong, password: 'weak' },
        invalid(
          ['currentPassword', 'not-current'],
          ['password', 'not-enough-chars'],
          ['password', 'not-enough-digits'],
        ),
      ],
      [
        { currentPassword: ada.password, password: `1${'x'.repeat(1_024)}` },
        invalid(['password', 'too-long']),
      ],
    ] as const;
    for (const [body, expected] of cases) expect(outcome(await put(body))).toEqual(expected);
    expect(await logsIn(ada.password)).toBe(201);
    expect(await mailsWrittenTo(server, ada.email)).toEqual([]);
  });

  it.each([
    [{}, 'password'],
    [{ password: '' }, 'password'],
    [{ password: null }, 'password'],
    [{ password: ['x'] }, 'password'],
    [{ password: NEW, currentPassword: 5 }, 'currentPassword'],
  ])('refuses %j', async (body, field) => {
    const answer = await put(body);
    expect(answer).toMatchObject({ status: 400, body: { code: 'invalid-body' } });
    expect(faultyFields(answer)).toEqual([field]);
  });

  it('sets the first one of who has none, without one to show', async () => {
    await forget(ada);
    expect(await logsIn(PASSWORD)).toBe(401);
    expect(faultyFields(await put({ password: 'weak' }))).toEqual(['password']);
    expect(outcome(await put({ password: NEW }))).toEqual(DONE);
    expect(await logsIn(NEW)).toBe(201);
    const again = await put({ password: 'a third one 33' });
    expect(faultyFields(again)).toEqual(['currentPassword']);
  });

  it('sets no first one at 003, which asks for no recent sign-in', async () => {
    const { token } = await signInAt003(server.api, ada, 'customer');
    await forget(ada);
    const path = '/api/customer/password/change';
    const body = { plainPassword: NEW, currentPassword: '' };
    const answer = await server.api.post(path, body, bearer(token));
    expect(answer).toMatchObject({ status: 400 });
    expect(await logsIn(NEW)).toBe(401);
    server.clock.advance(15 * MINUTE + 1);
    expect(outcome(await put({ password: NEW }, bearer(token)))).toEqual(
      problem(403, 'reauthentication-required'),
    );
    expect(await logsIn(NEW)).toBe(401);
  });

  it('takes the old one again where the policy allows it', async () => {
    const lenient = await startTestGatehouse({ ALLOW_REUSE_PASSWORD_ON_CHANGE: 'true' });
    try {
      const bob = await makeSignedIn(lenient, { email: 'bob@example.com' });
      const body = { currentPassword: bob.password, password: bob.password };
      expect(outcome(await put(body, bearer(bob.token), lenient))).toEqual(DONE);
    } finally {
      await lenient.stop();
    }
  });

  it('leaves passkeys as they are', async () => {
    const holder = await makeKeyHolder(server, { email: freshEmail() });
    const body = { currentPassword: holder.password, password: NEW };
    expect(outcome(await put(body, bearer(holder.token)))).toEqual(DONE);
    expect((await showPasskey(server, holder.device)).status).toBe(201);
  });

  it('ends one session of two that race, and sets one password', async () => {
    const other = await signIn(server, ada);
    const [one, two] = ['the first one 1', 'the second one 2'];
    const answers = await Promise.all([
      put({ currentPassword: ada.password, password: one }),
      put({ currentPassword: ada.password, password: two }, bearer(other)),
    ]);
    const done = answers.map(({ status }) => status === 204);
    expect(done.filter(Boolean)).toHaveLength(1);
    expect([await me(bearer(ada.token)), await me(bearer(other))]).toEqual(
      done.map((isDone) => (isDone ? 200 : 401)),
    );
    expect([await logsIn(one), await logsIn(two)]).toEqual(done.map((isDone) => (isDone ? 201 : 401)));
  });

  it('is no way for a key', async () => {
    const { secret } = await makeKey(server, ada);
    const body = { currentPassword: ada.password, password: NEW };
    expect((await put(body, keyHeader(secret))).status).toBe(403);
  });

  it('counts a wrong present password as a failed sign-in', async () => {
    const limited = await startTestGatehouse({ RATE_LIMITS: 'on' });
    try {
      const eve = await makeSignedIn(limited, { email: 'eve@example.com' });
      const headers = bearer(eve.token);
      const guess = (currentPassword: string) => put({ currentPassword, password: NEW }, headers, limited);
      for (let times = 0; times < 10; times += 1) expect((await guess('wrong')).status).toBe(400);
      expect((await guess(eve.password)).status).toBe(429);
      const login = { identifier: eve.email, password: eve.password };
      expect((await limited.api.post('/v1/sessions', login)).status).toBe(429);
    } finally {
      await limited.stop();
    }
  });
});
