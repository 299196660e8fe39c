import jsonwebtoken from 'jsonwebtoken';
import { HOUR, MINUTE, SECOND } from '../../../src/common/clock.js';
import { bearer, outcome, tokenHeader } from '../../support/api.js';
import { dumpDatabase, tracesOf } from '../../support/database-dump.js';
import {
  block,
  findPerson,
  makePerson,
  mailedToken,
  PASSWORD,
  signIn,
  unblock,
} from '../../support/declared-people.js';
import { startTestGatehouse, type TestGatehouse } from '../../support/gatehouse.js';
import { BAD_JWT, BAD_REFRESH, PATIENCE, pairOf, refresh, REVOKE, signInAt, type Pair } from './doors.js';

const REFRESH_TTL = HOUR;
const ACCESS_TTL = 10 * MINUTE;
const NEW = 'another horse 2';

/** When refresh tokens end, and where they count for nothing. */
describe('a refresh token of document 003', () => {
  let server: TestGatehouse;
  let people = 0;

  beforeAll(async () => {
    server = await startTestGatehouse({
      REFRESH_TOKEN_TTL: String(REFRESH_TTL / SECOND),
      ACCESS_TOKEN_TTL: String(ACCESS_TTL / SECOND),
    });
  }, PATIENCE);
  afterAll(() => server.stop());

  async function newSession(): Promise<Pair & { readonly email: string }> {
    const email = `person-${++people}@example.com`;
    await makePerson(server, { email });
    return { email, ...(await again(email)) };
  }
  const again = (email: string) => signInAt(server.api, 'customer', email);
  const refreshed = async ({ refreshToken }: Pair) => pairOf(await refresh(server.api, refreshToken));
  const refreshing = async ({ refreshToken }: Pair) => outcome(await refresh(server.api, refreshToken));
  const check = async (token: string) => (await server.api.get('/v1/me', bearer(token))).status;
  const expiryOf = ({ token }: Pair) => (jsonwebtoken.decode(token) as { exp: number }).exp * SECOND;

  describe('in time', () => {
    it('gives a working access token after the one before has expired', async () => {
      const pair = await newSession();
      server.clock.advance(ACCESS_TTL + 2 * SECOND);
      expect(outcome(await server.api.get(REVOKE, bearer(pair.token)))).toEqual(BAD_JWT);
      const next = await refreshed(pair);
      expect(await check(next.token)).toBe(200);
      expect(expiryOf(next) - expiryOf(pair)).toBeGreaterThanOrEqual(ACCESS_TTL);
      expect(await check(pair.token)).toBe(401);
    });

    it('ends REFRESH_TOKEN_TTL after the sign-in, however often it is refreshed', async () => {
      const latest = server.clock.now() + REFRESH_TTL + 20 * SECOND;
      let pair: Pair = await newSession();
      for (let minutes = 0; minutes < 55; minutes += 5) {
        server.clock.advance(5 * MINUTE);
        pair = await refreshed(pair);
        expect(expiryOf(pair)).toBeLessThanOrEqual(latest);
      }
      expect(await check(pair.token)).toBe(200);
      server.clock.advance(5 * MINUTE + 20 * SECOND);
      expect(await refreshing(pair)).toEqual(BAD_REFRESH);
      expect(outcome(await server.api.get(REVOKE, bearer(pair.token)))).toEqual(BAD_JWT);
    });

    it('gives access tokens that say that they end with the session', async () => {
      const pair = await newSession();
      const latest = server.clock.now() + REFRESH_TTL;
      server.clock.advance(REFRESH_TTL - MINUTE);
      const next = await refreshed(pair);
      expect(expiryOf(next)).toBeLessThanOrEqual(latest);
      expect(expiryOf(next)).toBeGreaterThan(server.clock.now());
      expect(await check(next.token)).toBe(200);
    });

    it('expires when it is not used', async () => {
      const pair = await newSession();
      server.clock.advance(REFRESH_TTL + SECOND);
      expect(await refreshing(pair)).toEqual(BAD_REFRESH);
      expect(await check(pair.token)).toBe(401);
    });
  });

  describe('elsewhere', () => {
    it.each<[string, string, (token: string) => Record<string, string>, number, unknown]>([
      ['a Bearer token', REVOKE, bearer, 401, BAD_JWT.body],
      [
        'a permanent token',
        REVOKE,
        (token) => ({ 'x-auth-token': token }),
        403,
        { message: 'Username could not be found.' },
      ],
      ['a token of 001', '/api/stable/auth/whoami', bearer, 401, expect.anything()],
      ['a token of 004', '/api/v1.1/account/me/', tokenHeader, 403, expect.anything()],
      ['a token of the native API', '/v1/me', bearer, 401, expect.anything()],
    ])('is not %s', async (_what, path, headers, status, body) => {
      const pair = await newSession();
      expect(outcome(await server.api.get(path, headers(pair.refreshToken)))).toEqual({ status, body });
      const next = await refreshed(pair);
      expect(outcome(await server.api.get(path, headers(next.refreshToken)))).toEqual({ status, body });
      expect(await check((await refreshed(next)).token)).toBe(200);
    });

    it('is no permanent token in the query, and no token of 004 there', async () => {
      const { refreshToken } = await newSession();
      expect((await server.api.get(`${REVOKE}?auth_token=${refreshToken}`)).status).toBe(403);
      const path = `/api/v1.1/account/me/?c_auth_with_token=${refreshToken}`;
      expect((await server.api.get(path)).status).toBe(403);
    });

    it('has a JWT beside it that counts at its own door and the native API only', async () => {
      const { token } = await newSession();
      expect((await server.api.get('/api/v1.1/account/me/', tokenHeader(token))).status).toBe(403);
      expect((await server.api.get('/api/stable/auth/whoami', bearer(token))).status).toBe(401);
      expect(await check(token)).toBe(200);
    });
  });

  describe('is refused', () => {
    it('when its owner is disabled, and stays so when he is let in again', async () => {
      const first = await newSession();
      const second = await refreshed(first);
      const person = await findPerson(server, first.email);
      await block(server, person);
      for (const pair of [first, second]) expect(await refreshing(pair)).toEqual(BAD_REFRESH);
      await unblock(server, person);
      for (const pair of [first, second]) {
        expect(await refreshing(pair)).toEqual(BAD_REFRESH);
        expect(await check(pair.token)).toBe(401);
      }
      expect(await check((await again(first.email)).token)).toBe(200);
    });

    it('of every other session when its owner changes his password; his own goes on', async () => {
      const own = await newSession();
      const first = await again(own.email);
      const second = await refreshed(first);
      const answer = await server.api.post(
        '/api/customer/password/change',
        { currentPassword: PASSWORD, plainPassword: NEW },
        bearer(own.token),
      );
      expect(outcome(answer)).toEqual({ status: 200, body: { success: true } });
      for (const pair of [first, second]) {
        expect(await refreshing(pair)).toEqual(BAD_REFRESH);
        expect(await check(pair.token)).toBe(401);
      }
      expect(await check(own.token)).toBe(200);
      expect(await check((await refreshed(own)).token)).toBe(200);
    });

    it('of every session when its owner resets his password', async () => {
      const pair = await newSession();
      await server.api.post('/api/password/reset/request', { username: pair.email });
      const token = await mailedToken(server, pair.email);
      const reset = { token, reset: { plainPassword: NEW } };
      expect((await server.api.post('/api/password/reset', reset)).status).toBe(200);
      expect(await refreshing(pair)).toEqual(BAD_REFRESH);
      expect(await check(pair.token)).toBe(401);
    });

    it.each(['GET', 'POST'])('after %s /api/token/revoke, at this door and no other', async (method) => {
      const first = await newSession();
      const other = await again(first.email);
      const second = await refreshed(first);
      const native = await signIn(server, { email: first.email, password: PASSWORD });
      const stranger = await newSession();
      const answer = await server.api.send(method, REVOKE, undefined, bearer(second.token));
      expect(outcome(answer)).toEqual({ status: 200, body: [] });
      for (const pair of [first, second, other]) {
        expect(await refreshing(pair)).toEqual(BAD_REFRESH);
        expect(await check(pair.token)).toBe(401);
      }
      expect(outcome(await server.api.send(method, REVOKE, undefined, bearer(second.token)))).toEqual(
        BAD_JWT,
      );
      expect(await check(native)).toBe(200);
      expect(await check((await refreshed(stranger)).token)).toBe(200);
      expect(await check((await again(first.email)).token)).toBe(200);
    });

    it.each<[string, (pair: Pair, email: string) => Promise<unknown>]>([
      ['disabled', async (_pair, email) => block(server, await findPerson(server, email))],
      ['signed out', (pair) => server.api.post(REVOKE, undefined, bearer(pair.token))],
    ])('when its owner is %s while it is refreshed', async (_what, end) => {
      const { email, ...pair } = await newSession();
      const [answers] = await Promise.all([
        Promise.all(Array.from({ length: 8 }, () => refresh(server.api, pair.refreshToken))),
        end(pair, email),
      ]);
      const given = answers.filter(({ status }) => status === 200).map(pairOf);
      for (const one of [pair, ...given]) {
        expect(await refreshing(one)).toEqual(BAD_REFRESH);
        expect(await check(one.token)).toBe(401);
      }
    });
  });

  it('stands in no database and no log as it is', async () => {
    const pair = await newSession();
    const next = await refreshed(pair);
    const dump = await dumpDatabase(server.database);
    for (const secret of [pair.refreshToken, next.refreshToken, next.token]) {
      expect(tracesOf(secret, dump)).toEqual([]);
      expect(tracesOf(secret, server.log())).toEqual([]);
    }
  });
});
