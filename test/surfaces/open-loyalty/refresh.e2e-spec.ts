import { MINUTE, SECOND } from '../../../src/common/clock.js';
import { bearer, outcome } from '../../support/api.js';
import { makePerson, rowsOf, signIn } from '../../support/declared-people.js';
import { startTestGatehouse, type TestGatehouse } from '../../support/gatehouse.js';
import {
  BAD_JWT,
  BAD_REFRESH,
  DOORS,
  PATIENCE,
  pairOf,
  refresh,
  REFRESH,
  REVOKE,
  signInAt,
  type Door,
  type Pair,
} from './doors.js';

const RACERS = 20;

/** How refresh tokens go on, and what becomes of a session whose token is used again (RFC 9700 4.14.2). */
describe('POST /api/token/refresh', () => {
  let server: TestGatehouse;
  let people = 0;

  beforeAll(async () => {
    server = await startTestGatehouse();
  }, PATIENCE);
  afterAll(() => server.stop());

  /** A session of somebody new. */
  async function newSession(door: Door = 'customer'): Promise<Pair & { readonly email: string }> {
    const email = `person-${++people}@example.com`;
    await makePerson(server, { email, type: door });
    return { email, ...(await signInAt(server.api, door, email)) };
  }
  const refreshed = async ({ refreshToken }: Pair) => pairOf(await refresh(server.api, refreshToken));
  const refreshing = async ({ refreshToken }: Pair) => outcome(await refresh(server.api, refreshToken));
  /** Whether a JWT counts, without changing anything: at the native API. */
  const check = async ({ token }: Pair) => (await server.api.get('/v1/me', bearer(token))).status;
  const isDead = async (pair: Pair) => {
    expect(await refreshing(pair)).toEqual(BAD_REFRESH);
    expect(await check(pair)).toBe(401);
  };

  describe.each(DOORS)('of a(n) %s', (door) => {
    it('gives a new pair each time, under the same session', async () => {
      const grants = await rowsOf(server, 'grants');
      let pair: Pair = await newSession(door);
      const pairs = [pair];
      for (let times = 0; times < 5; times += 1) {
        const answer = await refresh(server.api, pair.refreshToken);
        expect(outcome(answer)).toEqual({
          status: 200,
          body: { token: expect.any(String), refresh_token: expect.stringMatching(/^[0-9a-f]{128}$/) },
        });
        expect(answer.headers.get('cache-control')).toContain('no-store');
        pair = pairOf(answer);
        pairs.push(pair);
      }
      expect(new Set(pairs.map(({ token }) => token)).size).toBe(6);
      expect(new Set(pairs.map(({ refreshToken }) => refreshToken)).size).toBe(6);
      for (const one of pairs) expect(await check(one)).toBe(200);
      expect(await rowsOf(server, 'grants')).toBe(grants + 1);
    });
  });

  it('takes a form', async () => {
    const { refreshToken } = await newSession();
    const answer = await server.api.post(REFRESH, new URLSearchParams({ refresh_token: refreshToken }));
    expect(await check(pairOf(answer))).toBe(200);
  });

  describe('a token that was used', () => {
    it('gives the same successor for 30 seconds, also when that has been used', async () => {
      const first = await newSession();
      const second = await refreshed(first);
      const third = await refreshed(second);
      server.clock.advance(29 * SECOND);
      const again = await refreshed(first);
      expect(again.refreshToken).toBe(second.refreshToken);
      expect(await refreshed(second)).toMatchObject({ refreshToken: third.refreshToken });
      for (const pair of [first, second, third, again]) expect(await check(pair)).toBe(200);
      expect(await check(await refreshed(third))).toBe(200);
    });

    it('ends the whole family when it is used after them, and no other session', async () => {
      const first = await newSession();
      const other = await signInAt(server.api, 'customer', first.email);
      const native = await signIn(server, { email: first.email, password: 'correct horse 1' });
      const second = await refreshed(first);
      const third = await refreshed(second);
      server.clock.advance(31 * SECOND);
      expect(await refreshing(first)).toEqual(BAD_REFRESH);
      for (const pair of [first, second, third]) await isDead(pair);
      const answer = await server.api.get(REVOKE, bearer(third.token));
      expect(outcome(answer)).toEqual(BAD_JWT);
      expect(await check(other)).toBe(200);
      expect(await check(await refreshed(other))).toBe(200);
      expect(await check({ token: native, refreshToken: '' })).toBe(200);
    });

    it('gains no time by being used again and again', async () => {
      const first = await newSession();
      const second = await refreshed(first);
      server.clock.advance(20 * SECOND);
      expect((await refreshed(first)).refreshToken).toBe(second.refreshToken);
      server.clock.advance(20 * SECOND);
      expect(await refreshing(first)).toEqual(BAD_REFRESH);
      await isDead(second);
    });

    it('ends the family whoever is first, the thief or the owner', async () => {
      const first = await newSession();
      const second = await refreshed(first);
      server.clock.advance(MINUTE);
      const answers = await Promise.all(
        Array.from({ length: 10 }, (_, turn) =>
          refresh(server.api, turn % 2 === 0 ? first.refreshToken : second.refreshToken),
        ),
      );
      const given = answers.filter(({ status }) => status === 200).map(pairOf);
      for (const pair of [second, ...given]) await isDead(pair);
    });
  });

  it('lets one of twenty that race go on and signs nobody out', async () => {
    const first = await newSession();
    const answers = await Promise.all(
      Array.from({ length: RACERS }, () => refresh(server.api, first.refreshToken)),
    );
    const pairs = answers.map(pairOf);
    expect(new Set(pairs.map(({ refreshToken }) => refreshToken)).size).toBe(1);
    expect(new Set(pairs.map(({ token }) => token)).size).toBe(RACERS);
    expect(await Promise.all(pairs.map(check))).toEqual(pairs.map(() => 200));
    const next = await refreshed(pairs[0]!);
    expect(next.refreshToken).not.toBe(pairs[0]!.refreshToken);
    server.clock.advance(MINUTE);
    expect(await check(await refreshed(next))).toBe(200);
    for (const pair of pairs) expect(await check(pair)).toBe(200);
  });

  describe('what it does not take', () => {
    it.each<[string, unknown]>([
      ['nothing', {}],
      ['an empty token', { refresh_token: '' }],
      ['a wrong type', { refresh_token: ['x'] }],
      ['an unknown token', { refresh_token: 'f'.repeat(128) }],
      ['a token beyond all', { refresh_token: 'f'.repeat(100_000) }],
      ['NUL', { refresh_token: 'a\0b' }],
      ['a list', []],
      ['broken JSON', '{"refresh_token":'],
    ])('answers Bad credentials to %s', async (_what, body) => {
      const answer = await server.api.send('POST', REFRESH, body, { 'content-type': 'application/json' });
      expect(outcome(answer)).toEqual(BAD_REFRESH);
    });

    it('takes no token from the query, and spends none', async () => {
      const pair = await newSession();
      const answer = await server.api.post(`${REFRESH}?refresh_token=${pair.refreshToken}`);
      expect(outcome(answer)).toEqual(BAD_REFRESH);
      server.clock.advance(MINUTE);
      expect(await check(await refreshed(pair))).toBe(200);
    });

    it.each(['GET', 'PUT', 'DELETE', 'PATCH'])('has no %s, and spends no token by it', async (method) => {
      const pair = await newSession();
      const path = `${REFRESH}?refresh_token=${pair.refreshToken}`;
      const answer = await server.api.send(method, path, undefined);
      expect(outcome(answer)).toEqual({
        status: 405,
        body: { error: { code: 405, message: 'Method Not Allowed' } },
      });
      expect(answer.headers.get('allow')).toContain('POST');
      server.clock.advance(MINUTE);
      expect(await check(await refreshed(pair))).toBe(200);
    });

    it('takes no other credential, and does it no harm', async () => {
      const { email, ...pair } = await newSession();
      const opaque = await signIn(server, { email, password: 'correct horse 1' });
      for (const secret of [pair.token, opaque, pair.refreshToken.toUpperCase().replace(/^\d*/, 'A')]) {
        expect(await refreshing({ token: '', refreshToken: secret })).toEqual(BAD_REFRESH);
      }
      expect(await check(pair)).toBe(200);
      expect(await check({ token: opaque, refreshToken: '' })).toBe(200);
    });
  });
});
