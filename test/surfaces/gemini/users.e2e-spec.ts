import { bearer, outcome } from '../../support/api.js';
import { makePerson, PASSWORD, signIn } from '../../support/declared-people.js';
import { startTestGatehouse, type TestGatehouse } from '../../support/gatehouse.js';
import { declareClient } from '../../support/oauth-clients.js';
import {
  askToken,
  createUser,
  freshUser,
  INSUFFICIENT_SCOPE,
  INVALID_TOKEN,
  invalidRequest,
  linksOf,
  logIn,
  NOT_FOUND,
  refusal,
  SCOPES,
  type GeminiUser,
} from './requests.js';

const NOBODY = '00000000-0000-4000-8000-000000000000';

describe('/api/users/{id}', () => {
  let server: TestGatehouse;
  let user: GeminiUser;
  let count = 0;

  beforeAll(async () => {
    server = await startTestGatehouse();
    await declareClient(server);
  });
  beforeEach(async () => {
    user = await createUser(server, freshEmail());
  });
  afterAll(() => server.stop());

  const freshEmail = () => `person-${++count}@example.com`;
  const get = (id: string, token = user.token) => server.api.get(`/api/users/${id}`, bearer(token));
  const patch = (fields: unknown, { id, token } = user) =>
    server.api.patch(`/api/users/${id}`, fields, bearer(token));

  describe('GET', () => {
    it('shows oneself, whatever the case of the id', async () => {
      for (const id of [user.id, user.id.toUpperCase()]) {
        expect(outcome(await get(id))).toEqual({ status: 200, body: freshUser(user.id, user.email) });
      }
    });

    it.each(['profile', 'profile performer', 'profile venue'])(
      'shows the links of %j only',
      async (scope) => {
        const { id, token } = await logIn(server, user.email, { scope });
        expect((await get(id, token)).body._links).toEqual(linksOf(id, scope.split(' ')));
      },
    );

    it.each(['performer', 'venue', 'performer venue'])('is not for a token of %j', async (scope) => {
      const { id, token } = await logIn(server, user.email, { scope });
      const answer = await get(id, token);
      expect(outcome(answer)).toEqual(INSUFFICIENT_SCOPE);
      expect(answer.headers.get('www-authenticate')).toMatch(
        /^Bearer realm="gemini", error="insufficient_scope"/,
      );
    });

    it('refuses another’s id alike, whether or not he is there', async () => {
      const other = await createUser(server, freshEmail());
      for (const id of [other.id, NOBODY, 'nonsense']) {
        expect(outcome(await get(id))).toEqual(INSUFFICIENT_SCOPE);
      }
    });

    it('shows anybody to who was granted admin, without what only he himself may do', async () => {
      await makePerson(server, { email: 'root@example.com', level: 'superuser', type: 'admin' });
      const root = await logIn(server, 'root@example.com');
      expect(outcome(await get(user.id, root.token))).toEqual({
        status: 200,
        body: freshUser(user.id, user.email, { _links: { self: linksOf(user.id).self } }, []),
      });
      expect(outcome(await get(NOBODY, root.token))).toEqual(NOT_FOUND);
      expect(outcome(await patch({ first_name: 'x' }, { ...user, token: root.token }))).toEqual(
        INSUFFICIENT_SCOPE,
      );
    });

    it('shows nobody else to who was granted city alone', async () => {
      await makePerson(server, { email: 'mayor@example.com', level: 'admin', type: 'admin' });
      const mayor = await logIn(server, 'mayor@example.com');
      expect(outcome(await get(user.id, mayor.token))).toEqual(INSUFFICIENT_SCOPE);
    });
  });

  describe('a bearer that does not count', () => {
    it.each(['GET', 'PATCH', 'POST'])('is 401 invalid_token, to %s', async (method) => {
      const path = `/api/users/${user.id}${method === 'POST' ? '/delete' : ''}`;
      const foreign = await signIn(server, { email: user.email, password: PASSWORD });
      for (const token of ['f'.repeat(40), foreign, 'a.b.c']) {
        const answer = await server.api.send(method, path, method === 'GET' ? undefined : {}, bearer(token));
        expect(outcome(answer)).toEqual(INVALID_TOKEN);
        expect(answer.headers.get('www-authenticate')).toBe('Bearer realm="gemini", error="invalid_token"');
      }
    });

    it('is not given at all: the challenge tells no error (RFC 6750 3.1)', async () => {
      for (const headers of [{}, { authorization: `Basic ${user.token}` }, { cookie: user.token }]) {
        const answer = await server.api.get(`/api/users/${user.id}`, headers as Record<string, string>);
        expect(answer.status).toBe(401);
        expect(answer.headers.get('www-authenticate')).toBe('Bearer realm="gemini"');
      }
      const query = await server.api.get(`/api/users/${user.id}?access_token=${user.token}`);
      expect(query.status).toBe(401);
    });
  });

  describe('PATCH', () => {
    it('sets every field, shows it and keeps it', async () => {
      const phone = '+48500100201';
      const fields = { first_name: 'Ada', last_name: 'Lovelace', address: '12 St James’s Square', phone };
      const more = { zip_code: 'SW1Y 4JH', locale: 'en_GB', allow_email_notifications: false };
      const body = freshUser(user.id, user.email, { ...fields, ...more });
      expect(outcome(await patch({ ...fields, ...more }))).toEqual({ status: 200, body });
      expect(outcome(await get(user.id))).toEqual({ status: 200, body });
      expect((await askToken(server, phone)).body.user).toEqual(body);
    });

    it('leaves what is left out, and takes away what is null', async () => {
      await patch({ first_name: 'Ada', address: 'here', zip_code: '1', phone: '+48500100202' });
      const kept = freshUser(user.id, user.email, { first_name: 'Ada', zip_code: '1' });
      expect((await patch({ address: null, phone: null })).body).toEqual(kept);
      expect((await patch({})).body).toEqual(kept);
      expect((await patch({ first_name: '', zip_code: null })).body).toEqual(freshUser(user.id, user.email));
    });

    it('ignores the rest, the password above all', async () => {
      const fields = {
        id: NOBODY,
        password: 'another horse 2',
        level: 'superuser',
        has_confirmed_email: true,
      };
      const answer = await patch({ ...fields, artists: [{ name: 'x' }], cities: ['x'], username: 'root' });
      expect(outcome(answer)).toEqual({ status: 200, body: freshUser(user.id, user.email) });
      expect((await askToken(server, user.email)).body.token.scope).toEqual(SCOPES);
      expect((await askToken(server, user.email, { password: 'another horse 2' })).status).toBe(400);
    });

    it.each([
      ['first_name', 'x'.repeat(151)],
      ['last_name', ['x']],
      ['address', 'x'.repeat(501)],
      ['zip_code', 12345],
      ['phone', 'call me'],
      ['locale', 'English'],
      ['allow_email_notifications', 'maybe'],
      ['email', 'nobody'],
      ['email', null],
    ])('refuses a malformed %s, and changes nothing', async (name, value) => {
      const answer = await patch({ first_name: 'Changed', last_name: 'Too', [name]: value });
      expect(outcome(answer)).toEqual(invalidRequest(`${name} is missing or malformed.`));
      expect((await get(user.id)).body).toEqual(freshUser(user.id, user.email));
    });

    it('refuses an address or phone of somebody else, and changes nothing', async () => {
      const other = await createUser(server, freshEmail());
      await patch({ phone: '+48500100203' }, other);
      for (const taken of [{ email: other.email.toUpperCase() }, { phone: '+48500100203' }]) {
        expect(outcome(await patch({ first_name: 'Changed', ...taken }))).toEqual(
          invalidRequest('The e-mail address or phone number is taken.'),
        );
      }
      expect((await get(user.id)).body).toEqual(freshUser(user.id, user.email));
    });

    it('is for oneself with the scope profile', async () => {
      const other = await createUser(server, freshEmail());
      for (const id of [other.id, NOBODY]) {
        expect(outcome(await patch({ first_name: 'x' }, { ...user, id }))).toEqual(INSUFFICIENT_SCOPE);
      }
      const { token } = await logIn(server, user.email, { scope: 'performer venue' });
      expect(outcome(await patch({ first_name: 'x' }, { ...user, token }))).toEqual(INSUFFICIENT_SCOPE);
    });
  });

  it('refuses other methods and knows no other path', async () => {
    const wrong = await server.api.send('PUT', `/api/users/${user.id}`, {}, bearer(user.token));
    expect(wrong).toMatchObject({ status: 405, body: { error: 'invalid_request' } });
    expect(wrong.headers.get('allow')).toBe('GET, HEAD, PATCH');
    expect(outcome(await server.api.get('/api/oauth/nothing', bearer(user.token)))).toEqual(
      refusal(404, 'not_found', 'There is nothing here.'),
    );
  });
});
