import { jest } from '@jest/globals';
import { DAY } from '../../src/common/clock.js';
import { HashQueue } from '../../src/passwords/hash-queue.js';
import { bearer, faultyFields, outcome } from '../support/api.js';
import { cookieHeader, cookieOf, signInAt002, signInAtV1 } from '../support/cookies.js';
import { block, makePerson, signIn, type Person } from '../support/declared-people.js';
import { PUBLIC_URL, startTestGatehouse, type TestGatehouse } from '../support/gatehouse.js';

const SESSIONS = '/v1/sessions';
const TIME = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);

const problem = (status: number, title: string, code: string, more: object = {}) => ({
  status,
  body: { ...more, type: `urn:gatehouse:problem:${code}`, title, status, code },
});
const WRONG = problem(401, 'Unauthorized', 'wrong-credentials');

/** Contract 5 and 3.2: the cookie of the native API. */
describe('POST /v1/sessions', () => {
  let server: TestGatehouse;
  let ada: Person;
  let count = 0;

  beforeAll(async () => {
    server = await startTestGatehouse();
    ada = await makePerson(server, { name: 'ada', email: 'ada@example.com', firstName: 'Ada' });
  });
  afterEach(() => jest.restoreAllMocks());
  afterAll(() => server.stop());

  const newcomer = () => makePerson(server, { email: `person-${++count}@example.com` });
  const open = (body: object, headers: Record<string, string> = {}) =>
    server.api.post(SESSIONS, body, headers);
  const by = ({ email, password }: Person, more: object = {}) => ({ identifier: email, password, ...more });
  const statusAt = async (path: string, value: string) =>
    (await server.api.get(path, cookieHeader(value))).status;

  it('answers session and user, and puts the secret into a cookie and nowhere else', async () => {
    const answer = await open(by(ada));
    const me = await server.api.get('/v1/me', cookieHeader(cookieOf(answer)));
    expect(outcome(answer)).toEqual({
      status: 201,
      body: { session: { id: expect.any(String), expiresAt: TIME }, user: me.body },
    });
    expect(me.body).toMatchObject({ id: ada.uid, email: ada.email, firstName: 'Ada' });
    expect(answer.headers.get('set-cookie')).toMatch(
      /^session=[0-9a-f]{40}; Path=\/; HttpOnly; SameSite=Lax$/,
    );
    expect(answer.headers.get('cache-control')).toBe('no-store');
    const listed = await server.api.get(SESSIONS, cookieHeader(cookieOf(answer)));
    expect(listed.body.items).toContainEqual(
      expect.objectContaining({ id: answer.body.session.id, surface: 'native', isCurrent: true }),
    );
  });

  it('takes any identifier, and keeps the cookie beyond the browser when it is to', async () => {
    const kept = await open({ identifier: 'ADA', password: ada.password, remember: true });
    expect(kept.headers.get('set-cookie')).toContain(`; Max-Age=${(30 * DAY) / 1_000};`);
    const passing = await open(by(ada, { remember: false }));
    expect(passing.headers.get('set-cookie')).not.toContain('Max-Age');
  });

  it('gives a cookie that opens the native API and no document’s door', async () => {
    const value = await signInAtV1(server.api, ada);
    expect(await statusAt('/v1/me', value)).toBe(200);
    const account = (await server.api.post('/api/login', { username: ada.email, password: ada.password }))
      .body.account.href as string;
    expect(await statusAt(account, value)).toBe(401);
    expect((await server.api.get('/api', cookieHeader(value))).body).toEqual({ auth_status: 'logged_out' });
    expect(await statusAt('/api/v1.1/account/me/', value)).toBe(403);
    expect((await server.api.get('/v1/me', bearer(value))).status).toBe(401);
  });

  it('ends the session whose cookie came along, whichever door gave it; a failed sign-in does not', async () => {
    for (const before of [await signInAtV1(server.api, ada), await signInAt002(server.api, ada)]) {
      expect((await open({ ...by(ada), password: 'wrong' }, cookieHeader(before))).status).toBe(401);
      expect(await statusAt('/v1/me', before)).toBe(200);
      const after = await signInAtV1(server.api, ada, cookieHeader(before));
      expect(after).not.toBe(before);
      expect(await statusAt('/v1/me', before)).toBe(401);
      expect(await statusAt('/v1/me', after)).toBe(200);
    }
    const native = await signInAtV1(server.api, ada);
    await server.api.post(
      '/api/login',
      { username: ada.email, password: ada.password },
      cookieHeader(native),
    );
    expect(await statusAt('/v1/me', native)).toBe(401);
  });

  it('refuses alike whoever does not know the password, at the cost of one hash', async () => {
    const [blocked, without] = [
      await newcomer(),
      await makePerson(server, { email: 'without@example.com', password: null }),
    ];
    await block(server, blocked);
    const hashes = jest.spyOn(server.get(HashQueue), 'run');
    for (const identifier of ['nobody@example.com', ada.email, blocked.email, without.email]) {
      hashes.mockClear();
      const answer = await open({ identifier, password: 'wrong' });
      expect(outcome(answer)).toEqual(WRONG);
      expect(answer.headers.get('set-cookie')).toBeNull();
      expect(hashes).toHaveBeenCalledTimes(1);
    }
  });

  it('tells who knows it that he is blocked', async () => {
    const person = await newcomer();
    await block(server, person);
    expect(outcome(await open(by(person)))).toEqual(problem(401, 'Unauthorized', 'user-blocked'));
  });

  it('takes a code where nobody asked for one, and drops what it does not know', async () => {
    expect((await open(by(ada, { otp: '123456', surface: 'romeo', level: 'superuser' }))).status).toBe(201);
  });

  it.each([
    ['identifier', {}],
    ['identifier', { identifier: '' }],
    ['identifier', { identifier: ['ada'] }],
    ['identifier', { identifier: 'x'.repeat(255) }],
    ['password', { password: 7 }],
    ['password', { password: 'x'.repeat(1_025) }],
    ['otp', { otp: 123456 }],
    ['otp', { otp: '12' }],
    ['otp', { otp: '12345<' }],
    ['remember', { remember: 'true' }],
    ['remember', { remember: 1 }],
  ])('refuses a faulty %s: %j', async (path, fields) => {
    const body = Object.keys(fields).length === 0 ? { password: 'x' } : { ...by(ada), ...fields };
    const answer = await open(body);
    expect(answer).toMatchObject({ status: 400, body: { code: 'invalid-body' } });
    expect(faultyFields(answer)).toEqual([path]);
  });

  it('is for pages of ours', async () => {
    expect(outcome(await open(by(ada), { origin: 'https://evil.example' }))).toEqual(
      problem(403, 'Forbidden', 'foreign-origin'),
    );
    expect((await open(by(ada), { origin: PUBLIC_URL })).status).toBe(201);
  });

  it('is Secure behind https', async () => {
    const secure = await startTestGatehouse({ PUBLIC_URL: 'https://id.gatehouse.test' });
    try {
      const person = await makePerson(secure, { email: 'eve@example.com' });
      const { headers } = await secure.api.post(SESSIONS, by(person));
      expect(headers.get('set-cookie')).toMatch(/; Path=\/; HttpOnly; Secure; SameSite=Lax$/);
      expect(headers.get('strict-transport-security')).toBe('max-age=31536000');
    } finally {
      await secure.stop();
    }
  });

  describe('DELETE /v1/sessions/current', () => {
    const end = (headers: Record<string, string>) =>
      server.api.send('DELETE', `${SESSIONS}/current`, undefined, headers);

    it('ends the session of the cookie, which the browser forgets', async () => {
      const value = await signInAtV1(server.api, ada);
      const answer = await end(cookieHeader(value));
      expect(outcome(answer)).toEqual({ status: 204, body: '' });
      expect(answer.headers.get('set-cookie')).toBe('session=; Max-Age=0; Path=/; HttpOnly; SameSite=Lax');
      expect(await statusAt('/v1/me', value)).toBe(401);
    });

    it('leaves a cookie alone that came along beside the token which ends', async () => {
      const [value, token] = [await signInAtV1(server.api, ada), await signIn(server, ada)];
      const answer = await end({ ...cookieHeader(value), ...bearer(token) });
      expect(answer.status).toBe(204);
      expect(answer.headers.get('set-cookie')).toBeNull();
      expect(await statusAt('/v1/me', value)).toBe(200);
    });
  });

  it('shares its count of failures with every door', async () => {
    const limited = await startTestGatehouse({ RATE_LIMITS: 'on' });
    try {
      const person = await makePerson(limited, { email: 'eve@example.com' });
      for (let times = 0; times < 5; times += 1) {
        await limited.api.post(SESSIONS, { identifier: person.email, password: 'wrong' });
        await limited.api.post('/api/login', { username: person.email, password: 'wrong' });
      }
      const answer = await limited.api.post(SESSIONS, by(person));
      expect(answer).toMatchObject({ status: 429, body: { code: 'rate-limited' } });
      expect(answer.headers.get('retry-after')).toMatch(/^[1-9]\d*$/);
    } finally {
      await limited.stop();
    }
  });
});
