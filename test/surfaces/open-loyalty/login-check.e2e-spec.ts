import jsonwebtoken from 'jsonwebtoken';
import { MINUTE, SECOND } from '../../../src/common/clock.js';
import { RESOURCES } from '../../../src/common/permissions.js';
import { outcome, type Answer } from '../../support/api.js';
import { makePerson, PASSWORD, type Person } from '../../support/declared-people.js';
import { PUBLIC_URL, startTestGatehouse, type TestGatehouse } from '../../support/gatehouse.js';
import { attempt, BAD_CREDENTIALS, DOORS, loginAt, PATIENCE, pairOf, signInAt, type Door } from './doors.js';

const OURS = 'https://shop.gatehouse.test';
const NOT_ACTIVE = { status: 400, body: { message: 'Your account is not active' } };

/** Who is there, with every name under which the document's table lets him in. */
const NAMES: Readonly<Record<Door, readonly string[]>> = {
  admin: ['admin', 'admin@example.com', ' ADMIN@Example.com '],
  customer: ['customer@example.com', 'Customer@Example.COM', '47834433524', '+48500100200'],
  seller: ['seller@example.com', 'SELLER@example.com'],
};

describe('POST /api/<user_type>/login_check', () => {
  let server: TestGatehouse;
  const people = new Map<string, Person>();

  beforeAll(async () => {
    server = await startTestGatehouse({ LINK_ORIGINS: OURS, AUTH_CONFIRM_EMAIL_ENABLE: 'true' });
    const { admin, customer, seller } = NAMES;
    people.set('admin', await makePerson(server, person('admin', admin[1]!, { level: 'superuser' })));
    people.set('seller', await makePerson(server, person('seller', seller[0]!)));
    const card = { loyaltyCardNumber: customer[2], phone: customer[3] };
    people.set('customer', await makePerson(server, person('customer', customer[0]!, card)));
    for (const door of DOORS) {
      await makePerson(server, person(door, `blocked-${door}@example.com`, { level: 'blocked' }));
      await makePerson(server, person(door, `unconfirmed-${door}@example.com`, { emailVerified: false }));
    }
  }, PATIENCE);
  afterAll(() => server.stop());

  const person = (type: Door, email: string, more: object = {}) => ({
    name: email.split('@')[0]!,
    type,
    email,
    ...more,
  });
  const claimsOf = (answer: Answer) => jsonwebtoken.decode(pairOf(answer).token) as Record<string, unknown>;

  describe.each(DOORS)('%s', (door) => {
    it.each(NAMES[door])('lets "%s" in', async (username) => {
      const answer = await attempt(server.api, door, { username });
      expect(outcome(answer)).toEqual({
        status: 200,
        body: { token: expect.any(String), refresh_token: expect.stringMatching(/^[0-9a-f]{128}$/) },
      });
      expect(answer.headers.get('cache-control')).toContain('no-store');
      expect(claimsOf(answer).id).toBe(people.get(door)!.uid);
    });

    it.each(DOORS.filter((other) => other !== door).flatMap((other) => NAMES[other]))(
      'lets "%s" of another kind not in, whatever his password',
      async (username) => {
        for (const password of [PASSWORD, 'wrong']) {
          expect(outcome(await attempt(server.api, door, { username, password }))).toEqual(BAD_CREDENTIALS);
        }
      },
    );

    it('refuses the wrong, the unknown, the blocked and the unconfirmed alike', async () => {
      const known = NAMES[door][0]!;
      const refused = [
        { username: known, password: 'wrong' },
        { username: known, password: `${PASSWORD} ` },
        { username: known, password: 'x'.repeat(2_000) },
        { username: 'nobody@example.com' },
        { username: 'x'.repeat(2_000) },
        { username: 'a\0b' },
        { username: `blocked-${door}@example.com`, password: 'wrong' },
        { username: `unconfirmed-${door}@example.com`, password: 'wrong' },
        { username: `unconfirmed-${door}@example.com` },
        ...(door === 'seller' ? [] : [{ username: `blocked-${door}@example.com` }]),
      ];
      for (const one of refused) {
        const answer = await attempt(server.api, door, one);
        expect([one, outcome(answer)]).toEqual([one, BAD_CREDENTIALS]);
        expect(answer.headers.get('www-authenticate')).toBeNull();
      }
    });

    it.each<[string, unknown]>([
      ['nothing', {}],
      ['no password', { _username: NAMES[door][0] }],
      ['an empty password', { _username: NAMES[door][0], _password: '' }],
      ['a password of a wrong type', { _username: NAMES[door][0], _password: [PASSWORD] }],
      ['names of another document', { username: NAMES[door][0], password: PASSWORD }],
      ['a list', []],
      ['null', 'null'],
      ['broken JSON', '{"_username":'],
    ])('answers Bad credentials to %s', async (_what, body) => {
      const answer = await server.api.send('POST', loginAt(door), body, {
        'content-type': 'application/json',
      });
      expect(outcome(answer)).toEqual(BAD_CREDENTIALS);
    });

    it('takes a form', async () => {
      const form = new URLSearchParams({ _username: NAMES[door].at(-1)!, _password: PASSWORD });
      const answer = await server.api.post(loginAt(door), form);
      expect(claimsOf(answer).id).toBe(people.get(door)!.uid);
    });

    it('gives every sign-in a session of its own', async () => {
      const pairs = await Promise.all(NAMES[door].map((username) => signInAt(server.api, door, username)));
      for (const part of ['token', 'refreshToken'] as const) {
        expect(new Set(pairs.map((pair) => pair[part])).size).toBe(NAMES[door].length);
      }
    });
  });

  describe('the JWT', () => {
    const everything = Object.fromEntries(RESOURCES.map((resource) => [resource, ['VIEW', 'MODIFY']]));
    const views = Object.fromEntries(RESOURCES.map((resource) => [resource, ['VIEW']]));

    it.each([
      ['admin', 'superuser', 'ROLE_ADMIN', everything, true],
      ['admin', 'admin', 'ROLE_ADMIN', everything, false],
      ['admin', 'manager', 'ROLE_ADMIN', views, false],
      ['admin', 'member', 'ROLE_ADMIN', {}, false],
      ['customer', 'superuser', 'ROLE_PARTICIPANT', {}, false],
      ['seller', 'admin', 'ROLE_SELLER', {}, false],
    ] as const)(
      'of the kind %s and the level %s says who he is and what he may do',
      async (door, level, role, permissions, superAdmin) => {
        const name = `claims-${door}-${level}`;
        const { uid, email } = await makePerson(server, person(door, `${name}@example.com`, { level }));
        const start = Math.floor(server.clock.now() / SECOND);
        const { token } = await signInAt(server.api, door, email);
        const { header, payload } = jsonwebtoken.decode(token, { complete: true })!;
        expect(header).toEqual({ alg: 'RS256', typ: 'at+jwt', kid: expect.any(String) });
        expect(payload).toEqual({
          username: name,
          roles: [role],
          id: uid,
          lastLoginAt: null,
          permissions,
          superAdmin,
          sub: uid,
          sid: expect.any(String),
          jti: expect.any(String),
          iss: PUBLIC_URL,
          aud: 'open-loyalty',
          iat: expect.any(Number),
          exp: expect.any(Number),
        });
        const { iat, exp } = payload as { iat: number; exp: number };
        expect(iat - start).toBeLessThan(30);
        expect(exp - iat).toBeGreaterThanOrEqual(86_400);
        expect(exp - iat).toBeLessThanOrEqual(86_401);
      },
    );

    it('tells when he signed in before', async () => {
      const { email } = await makePerson(server, person('customer', 'again@example.com'));
      const first = claimsOf(await attempt(server.api, 'customer', { username: email }));
      expect(first.lastLoginAt).toBeNull();
      server.clock.advance(MINUTE);
      const next = claimsOf(await attempt(server.api, 'customer', { username: email }));
      expect(next.lastLoginAt).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+0000$/);
      expect(Math.abs(Date.parse(String(next.lastLoginAt)) / SECOND - Number(first.iat))).toBeLessThan(2);
    });
  });

  describe('an inactive seller', () => {
    it('is told so only with the right password and at his own door', async () => {
      const username = 'blocked-seller@example.com';
      expect(outcome(await attempt(server.api, 'seller', { username }))).toEqual(NOT_ACTIVE);
      const wrong = await attempt(server.api, 'seller', { username, password: 'wrong' });
      expect(outcome(wrong)).toEqual(BAD_CREDENTIALS);
      for (const door of ['admin', 'customer'] as const) {
        expect(outcome(await attempt(server.api, door, { username }))).toEqual(BAD_CREDENTIALS);
      }
    });
  });

  describe('at its edge', () => {
    it('echoes no refresh token that the caller sends along', async () => {
      const body = { _username: 'admin', _password: PASSWORD, refresh_token: 'f'.repeat(128) };
      const answer = await server.api.post(loginAt('admin'), body);
      expect(pairOf(answer).refreshToken).not.toBe(body.refresh_token);
    });

    it('has POST only', async () => {
      for (const method of ['GET', 'PUT', 'DELETE', 'PATCH', 'OPTIONS']) {
        const answer = await server.api.send(method, loginAt('admin'), undefined);
        expect([method, outcome(answer)]).toEqual([
          method,
          { status: 405, body: { error: { code: 405, message: 'Method Not Allowed' } } },
        ]);
        expect(answer.headers.get('allow')).toContain('POST');
      }
    });

    const corsOf = ({ headers }: Answer) =>
      Object.fromEntries(
        [...headers].filter(([name]) => name.startsWith('access-control-') && !name.endsWith('-headers')),
      );
    const preflight = (origin: string) =>
      server.api.send('OPTIONS', loginAt('customer'), undefined, {
        origin,
        'access-control-request-method': 'POST',
        'access-control-request-headers': 'content-type',
      });

    it.each([OURS, PUBLIC_URL])('lets a page of %s read the answer, without cookies', async (origin) => {
      const answer = await preflight(origin);
      expect(answer.status).toBe(204);
      expect(corsOf(answer)).toEqual({
        'access-control-allow-origin': origin,
        'access-control-allow-methods': expect.stringContaining('POST'),
        'access-control-max-age': '3600',
      });
      expect(answer.headers.get('access-control-allow-headers')).toMatch(/content-type/i);
      const signedIn = await attempt(server.api, 'admin', { username: 'admin', headers: { origin } });
      expect(signedIn.status).toBe(200);
      expect(corsOf(signedIn)).toEqual({ 'access-control-allow-origin': origin });
      expect(signedIn.headers.get('vary')).toMatch(/origin/i);
    });

    it.each(['https://evil.example', 'null', `${OURS}.evil.example`])(
      'lets no page of %s read it',
      async (origin) => {
        expect(corsOf(await preflight(origin))).toEqual({});
        const signedIn = await attempt(server.api, 'admin', { username: 'admin', headers: { origin } });
        expect(corsOf(signedIn)).toEqual({});
        expect(signedIn.headers.get('vary')).toMatch(/origin/i);
      },
    );
  });
});
