import { DAY } from '../../../src/common/clock.js';
import { outcome } from '../../support/api.js';
import { block, makePerson, PASSWORD, rowsOf, unblock } from '../../support/declared-people.js';
import { startTestGatehouse, type TestGatehouse } from '../../support/gatehouse.js';
import { declareClient } from '../../support/oauth-clients.js';
import {
  askToken,
  askUser,
  basic,
  INVALID_GRANT,
  INVALID_SCOPE,
  invalidRequest,
  linksOf,
  logIn,
  refusal,
  SCOPES,
  TOKEN,
  tokenAnswer,
  tokenBody,
} from './requests.js';

const ADA = 'ada@example.com';
const FORM = { 'content-type': 'application/x-www-form-urlencoded' };

describe('POST /api/oauth/token', () => {
  let server: TestGatehouse;

  beforeAll(async () => {
    server = await startTestGatehouse();
    await declareClient(server);
    await makePerson(server, { email: ADA, name: 'ada', phone: '+48500100200' });
  });
  afterAll(() => server.stop());

  const form = (fields: Record<string, string>, more = '') =>
    server.api.send('POST', TOKEN, `${new URLSearchParams(fields).toString()}${more}`, {
      ...FORM,
      ...basic(),
    });

  describe('the answer', () => {
    it('is 201, the document’s and RFC 6749’s in one, and is not to be stored', async () => {
      const answer = await askToken(server, ADA);
      const user = {
        id: answer.body.user.id as string,
        email: ADA,
        token: answer.body.access_token as string,
      };
      expect(outcome(answer)).toEqual(
        tokenAnswer(user, SCOPES, { has_confirmed_email: true, phone: '+48500100200' }),
      );
      expect(user.token).toMatch(/^[0-9a-f]{40}$/);
      expect(answer.headers.get('cache-control')).toBe('no-store');
      expect(answer.headers.get('content-type')).toBe('application/json; charset=utf-8');
    });

    it('is the same to a form', async () => {
      const json = await askToken(server, ADA);
      const answer = await form(tokenBody(ADA));
      const [first, second] = [json, answer].map(({ body }) => body.access_token as string);
      expect(outcome(answer)).toEqual(
        JSON.parse(JSON.stringify(outcome(json)).replaceAll(first!, second!)) as unknown,
      );
      expect(second).not.toBe(first);
    });

    it.each(['ada', 'ADA@Example.com', '+48500100200'])('is for any identifier: %s', async (name) => {
      expect((await logIn(server, name)).email).toBe(ADA);
    });

    it('tells ACCESS_TOKEN_TTL', async () => {
      const brief = await startTestGatehouse({ ACCESS_TOKEN_TTL: '60' });
      try {
        await declareClient(brief);
        await makePerson(brief, { email: ADA });
        const { body } = await askToken(brief, ADA);
        expect([body.expires_in, body.token.expires_in]).toEqual([60, 60]);
        const look = () =>
          brief.api.get(`/api/users/${body.user.id}`, { authorization: `Bearer ${body.access_token}` });
        expect((await look()).status).toBe(200);
        brief.clock.advance(60_000);
        expect((await look()).status).toBe(401);
      } finally {
        await brief.stop();
      }
    });

    it('leaves the tokens before it alone', async () => {
      const first = await logIn(server, ADA);
      await logIn(server, ADA);
      const own = await server.api.get(`/api/users/${first.id}`, { authorization: `Bearer ${first.token}` });
      expect(own.status).toBe(200);
    });
  });

  describe('the parameters', () => {
    it.each(['username', 'password', 'grant_type'])('%s is needed', async (name) => {
      for (const value of [undefined, null, '', 1, ['x'], { a: 'x' }]) {
        const answer = await askToken(server, ADA, { [name]: value });
        expect(outcome(answer)).toEqual(invalidRequest(`${name} is missing or malformed.`));
        expect(answer.headers.get('www-authenticate')).toBeNull();
        expect(answer.headers.get('cache-control')).toBe('no-store');
      }
    });

    it.each(['username', 'password', 'grant_type', 'scope', 'client_secret', 'client_id'])(
      '%s given twice is invalid_request, in a form',
      async (name) => {
        const grants = await rowsOf(server, 'grants');
        const body = {
          ...tokenBody(ADA),
          client_id: 'city-app',
          client_secret: 'city-app-secret-0123456789',
        };
        const twice = `${new URLSearchParams(body).toString()}&${name}=${encodeURIComponent(body[name as keyof typeof body])}`;
        const answer = await server.api.send('POST', TOKEN, twice, FORM);
        expect(outcome(answer)).toEqual(invalidRequest(`${name} is missing or malformed.`));
        expect(await rowsOf(server, 'grants')).toBe(grants);
      },
    );

    it('given twice are invalid_request, in JSON', async () => {
      const text = JSON.stringify(tokenBody(ADA)).replace('{', '{"username":"x",');
      const answer = await server.api.post(TOKEN, text, { 'content-type': 'application/json', ...basic() });
      expect(answer).toMatchObject({ status: 400, body: { error: 'invalid_request' } });
    });

    it('do not count in the query', async () => {
      const query = new URLSearchParams(tokenBody(ADA)).toString();
      const answer = await server.api.post(`${TOKEN}?${query}`, {}, basic());
      expect(outcome(answer)).toEqual(invalidRequest('grant_type is missing or malformed.'));
    });

    it.each([
      'authorization_code',
      'client_credentials',
      'refresh_token',
      'implicit',
      'Password',
      ' password',
    ])('the grant type %j is unsupported', async (grant_type) => {
      expect(outcome(await askToken(server, ADA, { grant_type, refresh_token: 'x', code: 'x' }))).toEqual(
        refusal(400, 'unsupported_grant_type', 'Only the password grant is supported.'),
      );
    });
  });

  describe('the user', () => {
    it('is invalid_grant alike when unknown, and with a wrong password', async () => {
      for (const answer of [
        await askToken(server, 'nobody@example.com'),
        await askToken(server, ADA, { password: 'wrong' }),
        await askToken(server, ADA, { password: ` ${PASSWORD}` }),
      ]) {
        expect(outcome(answer)).toEqual(INVALID_GRANT);
        expect(answer.headers.get('cache-control')).toBe('no-store');
      }
    });

    it('is invalid_grant while he is blocked', async () => {
      const person = await makePerson(server, { email: 'blocked@example.com' });
      await block(server, person);
      expect(outcome(await askToken(server, person.email))).toEqual(INVALID_GRANT);
      await unblock(server, person);
      expect((await askToken(server, person.email)).status).toBe(201);
    });

    it('is invalid_grant once his password has expired', async () => {
      const strict = await startTestGatehouse({ PASSWORD_EXPIRY_TIME: '30' });
      try {
        await declareClient(strict);
        await askUser(strict, ADA);
        expect((await askToken(strict, ADA)).status).toBe(201);
        strict.clock.advance(31 * DAY);
        expect(outcome(await askToken(strict, ADA))).toEqual(INVALID_GRANT);
      } finally {
        await strict.stop();
      }
    });
  });

  describe('the scope', () => {
    it.each([
      ['profile', ['profile']],
      ['venue profile', ['venue', 'profile']],
      ['profile profile  performer', ['profile', 'performer']],
    ])('%j is given as asked for', async (scope, given) => {
      const { body } = await askToken(server, ADA, { scope });
      expect([body.scope, body.token.scope]).toEqual([given.join(' '), given]);
      expect(body._links).toEqual(linksOf(body.user.id as string, given));
    });

    it.each([undefined, null, '', '  '])('%j means what the client may ask for', async (scope) => {
      expect((await askToken(server, ADA, { scope })).body.token.scope).toEqual(SCOPES);
    });

    it.each(['city', 'admin', 'profile city', 'nothing', 'Profile', 'profile,venue', 'profile\tvenue'])(
      '%j is invalid_scope',
      async (scope) => {
        expect(outcome(await askToken(server, ADA, { scope }))).toEqual(INVALID_SCOPE);
      },
    );

    it('is invalid_scope where the client may not ask for it', async () => {
      await declareClient(server, { name: 'narrow', scopes: ['profile'] });
      const as = basic('narrow');
      expect(outcome(await askToken(server, ADA, { scope: 'profile venue' }, as))).toEqual(INVALID_SCOPE);
      const { body } = await askToken(server, ADA, { scope: undefined }, as);
      expect(body.token.scope).toEqual(['profile']);
    });

    it.each([
      ['superuser', ['city', 'admin']],
      ['admin', ['city']],
      ['manager', []],
      ['member', []],
    ] as const)('of a %s is granted %j beside', async (level, granted) => {
      const email = `${level}@example.com`;
      await makePerson(server, { email, level, type: 'admin' });
      const { body } = await askToken(server, email, { scope: 'profile' });
      expect(body.token.scope).toEqual(['profile', ...granted]);
      expect(body.scope).toBe(['profile', ...granted].join(' '));
      expect(outcome(await askToken(server, email, { scope: 'profile city' }))).toEqual(INVALID_SCOPE);
    });
  });

  it('takes POST only', async () => {
    const answer = await server.api.get(TOKEN, basic());
    expect(answer).toMatchObject({ status: 405, body: { error: 'invalid_request' } });
    expect(answer.headers.get('allow')).toBe('POST');
  });
});
