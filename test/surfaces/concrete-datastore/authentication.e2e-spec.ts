import { SECOND } from '../../../src/common/clock.js';
import { bearer, outcome, tokenHeader } from '../../support/api.js';
import { block, makePerson, signIn, unblock, type Person } from '../../support/declared-people.js';
import { startTestGatehouse, type TestGatehouse } from '../../support/gatehouse.js';
import { accountBody, CHANGE, DIFFERENT, LOGIN, ME, REGISTER, RESET, twice } from './bodies.js';

const IDLE = 600;
const ABSOLUTE = 3_600;
const forbidden = (detail: string) => ({ status: 403, body: { detail } });
const UNKNOWN = forbidden('Invalid token.');

describe('authentication of document 004', () => {
  let server: TestGatehouse;
  let person: Person;
  let count = 0;
  const freshPerson = () => makePerson(server, { email: `person-${++count}@example.com` });
  const me = async (headers = {}, query = '') => outcome(await server.api.get(`${ME}${query}`, headers));

  beforeAll(async () => {
    server = await startTestGatehouse({
      SESSION_IDLE_TTL: String(IDLE),
      SESSION_ABSOLUTE_TTL: String(ABSOLUTE),
    });
    person = await makePerson(server, { email: 'johndoe@netsach.com' });
  });
  afterAll(() => server.stop());

  describe('carriers', () => {
    it.each(['Token', 'token', 'TOKEN'])('is `Authorization: %s <token>`', async (scheme) => {
      const token = await signIn(server, person);
      expect(await me({ authorization: `${scheme} ${token}` })).toEqual({
        status: 200,
        body: accountBody(person.uid, person.email),
      });
    });

    it('is `?c_auth_with_token=<token>`, on every method', async () => {
      const token = await signIn(server, person);
      const query = `?c_auth_with_token=${token}`;
      expect(await me({}, query)).toMatchObject({ status: 200, body: { uid: person.uid } });
      expect((await server.api.patch(`${ME}${query}`, { first_name: '' })).status).toBe(200);
      const other = await freshPerson();
      const own = `?c_auth_with_token=${await signIn(server, other)}`;
      const changed = await server.api.post(`${CHANGE}${own}`, { email: other.email, ...twice(DIFFERENT) });
      expect(changed.status).toBe(200);
    });

    it('is no Bearer, no Basic, no cookie and no body field', async () => {
      const token = await signIn(server, person);
      const basic = Buffer.from(`${person.email}:${person.password}`).toString('base64');
      const missing = forbidden('Authentication credentials were not provided.');
      expect(await me(bearer(token))).toEqual(missing);
      expect(await me({ authorization: `Basic ${basic}` })).toEqual(missing);
      expect(await me({ cookie: `session=${token}; sessionid=${token}` })).toEqual(missing);
      expect(await me({ 'x-auth-token': token })).toEqual(missing);
      expect(await me({}, `?token=${token}`)).toEqual(missing);
    });

    it('looks at the header first, and a bad one is not made good by the query', async () => {
      const token = await signIn(server, person);
      const query = `?c_auth_with_token=${token}`;
      expect(await me({ authorization: `Token ${'0'.repeat(40)}` }, query)).toEqual(UNKNOWN);
      expect((await me({ authorization: `Token ${token}` }, '?c_auth_with_token=bad')).status).toBe(200);
      expect((await me({ authorization: 'Basic eDp5' }, query)).status).toBe(200);
    });

    it('ignores an empty query parameter', async () => {
      expect(await me({}, '?c_auth_with_token=')).toEqual(
        forbidden('Authentication credentials were not provided.'),
      );
    });
  });

  describe('refusals', () => {
    it.each([
      ['nothing', {}, '', 'Authentication credentials were not provided.'],
      ['no token', { authorization: 'Token' }, '', 'Invalid token header. No credentials provided.'],
      [
        'no token but blanks',
        { authorization: 'Token  ' },
        '',
        'Invalid token header. No credentials provided.',
      ],
      [
        'two words',
        { authorization: 'Token abc def' },
        '',
        'Invalid token header. Token string should not contain spaces.',
      ],
      ['an unknown token', { authorization: `Token ${'a'.repeat(40)}` }, '', 'Invalid token.'],
      ['a short token', { authorization: 'Token abc' }, '', 'Invalid token.'],
      ['an unknown token in the query', {}, `?c_auth_with_token=${'a'.repeat(40)}`, 'Invalid token.'],
      ['a short one in the query', {}, '?c_auth_with_token=abc', 'Invalid token.'],
      ['two in the query', {}, `?c_auth_with_token=${'a'.repeat(40)}&c_auth_with_token=b`, 'Invalid token.'],
    ])(
      'answers account/me with %s with 403, every other route with 401',
      async (_, headers, query, detail) => {
        const answer = await server.api.get(`${ME}${query}`, headers);
        expect(outcome(answer)).toEqual(forbidden(detail));
        expect(answer.headers.get('www-authenticate')).toBeNull();
        expect(
          outcome(await server.api.patch(`${ME}${query}`, {}, headers as Record<string, string>)),
        ).toEqual(forbidden(detail));
        if (detail.startsWith('Authentication')) return;
        for (const path of [LOGIN, REGISTER, RESET, CHANGE]) {
          const other = await server.api.post(`${path}${query}`, {}, headers);
          expect(outcome(other)).toEqual({ status: 401, body: { detail } });
          expect(other.headers.get('www-authenticate')).toMatch(/^Token/);
        }
      },
    );

    it('never repeats a token', async () => {
      const secret = 'f0f0f0f0f0f0f0f0f0f0';
      const answer = await server.api.get(`${ME}?c_auth_with_token=${secret}`);
      expect(JSON.stringify([...answer.headers, answer.body])).not.toContain(secret);
    });

    it('refuses a token of a blocked owner, and still after he is unblocked', async () => {
      const owner = await freshPerson();
      const headers = tokenHeader(await signIn(server, owner));
      expect((await me(headers)).status).toBe(200);
      await block(server, owner);
      expect(await me(headers)).toEqual(forbidden('User inactive or deleted.'));
      expect(outcome(await server.api.post(LOGIN, {}, headers))).toEqual({
        status: 401,
        body: { detail: 'User inactive or deleted.' },
      });
      await unblock(server, owner);
      expect(await me(headers)).toEqual(UNKNOWN);
    });

    it('refuses tokens that a password change has ended', async () => {
      const owner = await freshPerson();
      const [one, other] = [await signIn(server, owner), await signIn(server, owner)];
      const changed = await server.api.post(
        CHANGE,
        { email: owner.email, ...twice(DIFFERENT) },
        tokenHeader(one),
      );
      for (const token of [one, other]) expect(await me(tokenHeader(token))).toEqual(UNKNOWN);
      expect((await me(tokenHeader(changed.body.token as string))).status).toBe(200);
    });

    it('ends a token that is not used, and any token in the end', async () => {
      const owner = await freshPerson();
      const idle = tokenHeader(await signIn(server, owner));
      server.clock.advance(IDLE * SECOND - 5_000);
      expect((await me(idle)).status).toBe(200);
      server.clock.advance(IDLE * SECOND);
      expect(await me(idle)).toEqual(forbidden('Token expired'));

      const used = tokenHeader(await signIn(server, owner));
      for (let passed = 0; passed + 500 < ABSOLUTE; passed += 500) {
        server.clock.advance(500 * SECOND);
        expect((await me(used)).status).toBe(200);
      }
      server.clock.advance(200 * SECOND);
      expect(await me(used)).toEqual(forbidden('Token expired'));
      expect(outcome(await server.api.post(LOGIN, {}, used))).toEqual({
        status: 401,
        body: { detail: 'Token expired' },
      });
    });
  });
});
