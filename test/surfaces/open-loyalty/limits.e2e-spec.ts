import { MINUTE } from '../../../src/common/clock.js';
import { outcome, type Answer } from '../../support/api.js';
import { makePerson, PASSWORD, signIn } from '../../support/declared-people.js';
import { startTestGatehouse, type TestGatehouse } from '../../support/gatehouse.js';
import { attempt, BAD_CREDENTIALS, DOORS, PATIENCE, refresh, REFRESH, signInAt, type Door } from './doors.js';

describe('limits of document 003 (RATE_LIMITS=on)', () => {
  let server: TestGatehouse;
  let addresses = 0;
  /** A client of its own: each address has its own counters. */
  const client = () => ({ 'x-forwarded-for': `198.51.100.${++addresses}` });

  beforeAll(async () => {
    server = await startTestGatehouse({ RATE_LIMITS: 'on', TRUST_PROXY: '1' });
    for (const door of DOORS) await makePerson(server, { name: door, type: door, email: emailOf(door) });
  }, PATIENCE);
  afterAll(() => server.stop());

  const emailOf = (door: Door) => `${door}@example.com`;
  const fail = async (door: Door, username: string, headers: Record<string, string>, times: number) => {
    for (let failures = 0; failures < times; failures += 1) {
      const answer = await attempt(server.api, door, { username, password: 'wrong', headers });
      expect(outcome(answer)).toEqual(BAD_CREDENTIALS);
    }
  };

  function expectThrottled(answer: Answer): void {
    expect(outcome(answer)).toEqual({
      status: 429,
      body: { error: { code: 429, message: 'Too Many Requests' } },
    });
    const seconds = Number(answer.headers.get('retry-after'));
    expect(seconds).toBeGreaterThanOrEqual(1);
    expect(seconds).toBeLessThanOrEqual(60);
  }

  it.each(DOORS)('refuses the right password of a(n) %s too after ten failures', async (door) => {
    const headers = client();
    const username = emailOf(door);
    await fail(door, username, headers, 10);
    for (const password of ['wrong', PASSWORD]) {
      expectThrottled(await attempt(server.api, door, { username, password, headers }));
    }
    // Another spelling is the same user.
    expectThrottled(await attempt(server.api, door, { username: username.toUpperCase(), headers }));
    expect((await attempt(server.api, door, { username, headers: client() })).status).toBe(200);
    server.clock.advance(MINUTE);
    expect((await attempt(server.api, door, { username, headers })).status).toBe(200);
  });

  it('limits a name that nobody has alike', async () => {
    const headers = client();
    await fail('customer', 'nobody@example.com', headers, 10);
    expectThrottled(await attempt(server.api, 'customer', { username: 'nobody@example.com', headers }));
  });

  it('shares its counters with every other door', async () => {
    const headers = client();
    const username = emailOf('customer');
    await fail('customer', username, headers, 4);
    await fail('seller', username, headers, 3);
    for (let failures = 0; failures < 3; failures += 1) {
      const body = { email: username, password: 'wrong' };
      const answer = await server.api.post('/api/v1.1/auth/login/', body, headers);
      expect(answer.status).toBe(401);
    }
    expectThrottled(await attempt(server.api, 'customer', { username, headers }));
    await expect(signIn(server, { email: username, password: PASSWORD }, headers)).rejects.toThrow('429');
  });

  it('refuses the 31st failure of an address, whoever it names', async () => {
    const headers = client();
    for (let name = 0; name < 6; name += 1) await fail('admin', `nobody-${name}`, headers, 5);
    expectThrottled(await attempt(server.api, 'admin', { username: 'nobody-6', headers }));
  });

  it('limits no sign-in that succeeds', async () => {
    const headers = client();
    for (let count = 0; count < 40; count += 1) {
      expect((await attempt(server.api, 'admin', { username: 'admin', headers })).status).toBe(200);
    }
  });

  it.each([
    [REFRESH],
    ['/api/password/reset'],
    ['/api/password/reset/request'],
    ['/api/customer/password/reset/request'],
    ['/api/customer/self_register'],
    ['/api/customer/activate/none'],
  ])('refuses the 61st POST %s of an address within a minute', async (path) => {
    const headers = client();
    const answers = await Promise.all(Array.from({ length: 60 }, () => server.api.post(path, {}, headers)));
    expect(answers.filter((answer) => answer.status === 429)).toEqual([]);
    expectThrottled(await server.api.post(path, {}, headers));
    expect((await server.api.post(path, {}, client())).status).not.toBe(429);
  });

  it('spends no refresh token that it refuses', async () => {
    const { refreshToken } = await signInAt(server.api, 'admin', 'admin');
    const headers = client();
    await Promise.all(Array.from({ length: 60 }, () => server.api.post(REFRESH, {}, headers)));
    expectThrottled(await server.api.post(REFRESH, { refresh_token: refreshToken }, headers));
    server.clock.advance(MINUTE);
    expect((await refresh(server.api, refreshToken)).status).toBe(200);
  });
});
