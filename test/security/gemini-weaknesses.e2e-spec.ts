import { jest } from '@jest/globals';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DAY, MINUTE } from '../../src/common/clock.js';
import { ApplyManifests } from '../../src/manifests/apply-manifests.service.js';
import { HashQueue } from '../../src/passwords/hash-queue.js';
import { setLevel } from '../support/api-keys.js';
import { bearer, outcome, type Answer } from '../support/api.js';
import { findPerson, mailsWrittenTo, makePerson, PASSWORD, signIn } from '../support/declared-people.js';
import { createDataDir, startTestGatehouse, type TestGatehouse } from '../support/gatehouse.js';
import { CITY_APP, declareClient } from '../support/oauth-clients.js';
import {
  askToken,
  askUser,
  basic,
  createUser,
  INVALID_CLIENT,
  INVALID_GRANT,
  INVALID_TOKEN,
  logIn,
  TOKEN,
  tokenBody,
  type GeminiUser,
} from '../surfaces/gemini/requests.js';

/**
 * The weaknesses of the project that document 000 comes from, in the order of the reference note's
 * section 6: each test fails where one of them is here. gemini-secrets.e2e-spec.ts tests beside this
 * file that secrets of clients are kept from the database and the log.
 */
describe('weaknesses of document 000', () => {
  const folder = createDataDir();
  let server: TestGatehouse;
  let count = 0;

  beforeAll(async () => {
    server = await startTestGatehouse({ MANIFESTS_DIR: folder });
    await declareClient(server);
  });
  afterEach(() => jest.restoreAllMocks());
  afterAll(() => server.stop());

  const freshEmail = () => `person-${++count}@example.com`;
  const look = ({ id, token }: Pick<GeminiUser, 'id' | 'token'>) =>
    server.api.get(`/api/users/${id}`, bearer(token));
  const comparable = ({ status, headers, body }: Answer) => ({
    status,
    body: body as unknown,
    headers: [...headers.keys()].filter((name) => name !== 'x-request-id').sort(),
  });

  describe('W1. the password grant is an exception, and no client goes without a secret', () => {
    const declare = (spec: object) => {
      const document = { apiVersion: 'gatehouse/v1', kind: 'OAuthClient', metadata: { name: 'plain' }, spec };
      writeFileSync(join(folder, 'clients.yaml'), JSON.stringify(document));
      return server.get(ApplyManifests).apply();
    };

    it('a client has it only where its manifest says so', async () => {
      await declare({ secret: 'plain-secret-0123456789', scopes: ['profile'] });
      const answer = await askToken(server, 'x', {}, basic('plain', 'plain-secret-0123456789'));
      expect(answer).toMatchObject({ status: 400, body: { error: 'unauthorized_client' } });
    });

    it.each([
      ['no secret', {}],
      ['an empty one', { secret: '' }],
      ['a short one', { secret: 'x'.repeat(15) }],
      ['an empty list', { secrets: [] }],
      ['three', { secrets: ['a', 'b', 'c'].map((sign) => sign.repeat(16)) }],
      ['both fields', { secret: 'a'.repeat(16), secrets: ['b'.repeat(16)] }],
      ['a scope that is only granted', { secret: 'a'.repeat(16), scopes: ['admin'] }],
      ['another grant type', { secret: 'a'.repeat(16), grants: ['refresh_token'] }],
    ])('a client with %s is a fault of the manifest', async (_, spec) => {
      await expect(declare(spec)).rejects.toThrow();
    });

    it('a name alone is no client', async () => {
      const answer = await server.api.post(TOKEN, tokenBody('x', { client_id: CITY_APP.name }));
      expect(outcome(answer)).toEqual(INVALID_CLIENT);
    });
  });

  it('W2. with confirmation on, the token of a registration is the only one until it is confirmed', async () => {
    const strict = await startTestGatehouse({ AUTH_CONFIRM_EMAIL_ENABLE: 'true' });
    try {
      await declareClient(strict);
      const user = await createUser(strict, 'ada@example.com');
      expect(outcome(await askToken(strict, user.email))).toEqual(INVALID_GRANT);
      strict.clock.advance(DAY + MINUTE);
      const own = await strict.api.get(`/api/users/${user.id}`, bearer(user.token));
      expect(outcome(own)).toEqual(INVALID_TOKEN);
      expect(outcome(await askToken(strict, user.email, {}, bearer(user.token)))).toEqual(INVALID_GRANT);
    } finally {
      await strict.stop();
    }
  });

  it('W3. a token is listed, and ends when its user ends it', async () => {
    const user = await createUser(server, freshEmail());
    const second = await logIn(server, user.email);
    const own = await signIn(server, { email: user.email, password: PASSWORD });
    const listed = await server.api.get('/v1/sessions', bearer(own));
    const sessions = (listed.body.items as { surface: string }[]).map(({ surface }) => surface);
    expect(sessions.sort()).toEqual(['concrete-datastore', 'gemini', 'gemini']);
    for (const one of [user, second]) expect((await look(one)).status).toBe(200);
    expect((await server.api.send('DELETE', '/v1/sessions', undefined, bearer(own))).status).toBe(204);
    for (const one of [user, second]) expect(outcome(await look(one))).toEqual(INVALID_TOKEN);
  });

  it('W4. a token that was stolen later erases nobody: it must be at most 15 minutes old', async () => {
    const user = await createUser(server, freshEmail());
    server.clock.advance(15 * MINUTE + 1_000);
    const answer = await server.api.post(`/api/users/${user.id}/delete`, undefined, bearer(user.token));
    expect(answer).toMatchObject({ status: 401, body: { error: 'insufficient_user_authentication' } });
    expect((await look(user)).status).toBe(200);
  });

  describe('W5. nobody learns who is there', () => {
    it('by asking for a token: the answer is the same, and it costs the same hash', async () => {
      const user = await createUser(server, freshEmail());
      await makePerson(server, { email: 'without@example.com', password: null });
      const queued = jest.spyOn(server.get(HashQueue), 'run');
      const seen = [];
      for (const name of ['nobody@example.com', user.email, 'without@example.com']) {
        queued.mockClear();
        const answer = comparable(await askToken(server, name, { password: 'wrong' }));
        seen.push({ ...answer, hashes: queued.mock.calls.length });
      }
      expect(seen[0]).toMatchObject({ ...INVALID_GRANT, hashes: 1 });
      for (const one of seen) expect(one).toEqual(seen[0]);
    });

    it('by registering, unless he has the secret of a client; then the owner is told, once an hour', async () => {
      const user = await createUser(server, freshEmail());
      for (const headers of [{}, basic('city-app', 'wrong-secret-0123456789')]) {
        const [taken, free] = [user.email, freshEmail()].map((email) => askUser(server, email, {}, headers));
        expect(comparable(await taken!)).toEqual(comparable(await free!));
      }
      for (let times = 0; times < 3; times += 1) await askUser(server, user.email);
      expect(await mailsWrittenTo(server, user.email)).toEqual(['confirm-email', 'already-registered']);
    });

    it('by looking: 403 comes before 404', async () => {
      const [user, other] = [await createUser(server, freshEmail()), await createUser(server, freshEmail())];
      const nobody = '00000000-0000-4000-8000-000000000000';
      const seen = await Promise.all([other.id, nobody].map((id) => look({ id, token: user.token })));
      expect(comparable(seen[0]!)).toEqual(comparable(seen[1]!));
      expect(seen[0]!.status).toBe(403);
    });
  });

  describe('W6. what is granted beside is worth no more than its user is', () => {
    const admins = async () => {
      const email = freshEmail();
      await makePerson(server, { email, level: 'superuser', type: 'admin' });
      return logIn(server, email, { scope: 'profile' });
    };

    it('a token of a client opens at the native API what its scope says, and nothing of a person’s own', async () => {
      const root = await admins();
      const user = await createUser(server, freshEmail());
      const narrow = await logIn(server, user.email, { scope: 'venue' });
      const at = async (method: string, path: string, { token }: GeminiUser) =>
        (await server.api.send(method, path, method === 'GET' ? undefined : {}, bearer(token))).status;
      expect(await at('GET', '/v1/me', user)).toBe(200);
      expect(await at('GET', '/v1/me', narrow)).toBe(403);
      expect(await at('GET', '/v1/users', user)).toBe(403);
      expect(await at('GET', '/v1/users', root)).toBe(200);
      for (const one of [user, root]) {
        for (const [method, path] of [
          ['GET', '/v1/sessions'],
          ['DELETE', '/v1/sessions'],
          ['GET', '/v1/api-keys'],
          ['POST', '/v1/api-keys'],
        ] as const) {
          expect([path, await at(method, path, one)]).toEqual([path, 403]);
        }
      }
    });

    it('it opens no other surface', async () => {
      const { token } = await admins();
      const whoami = await server.api.get('/api/stable/auth/whoami', bearer(token));
      const me = await server.api.get('/api/v1.1/account/me/', { authorization: `Token ${token}` });
      expect([whoami.status, me.status]).toEqual([401, 403]);
    });

    it('a user who is no administrator any more does not administrate', async () => {
      const root = await admins();
      expect((await server.api.get('/v1/users', bearer(root.token))).status).toBe(200);
      await setLevel(server, await findPerson(server, root.email), 'member');
      expect((await server.api.get('/v1/users', bearer(root.token))).status).toBe(403);
      expect((await logIn(server, root.email)).id).toBe(root.id);
    });
  });

  it('W8. no answer about tokens may be stored', async () => {
    const email = freshEmail();
    const answers = [
      await askUser(server, email),
      await askUser(server, email),
      await askToken(server, email),
    ];
    answers.push(await askToken(server, email, { password: 'wrong' }), await askToken(server, email, {}, {}));
    expect(answers.map(({ status }) => status)).toEqual([201, 400, 201, 400, 401]);
    for (const { headers } of answers) expect(headers.get('cache-control')).toBe('no-store');
  });

  it('W9. `Bearer:` is for logging in alone: nothing that is protected takes it', async () => {
    const user = await createUser(server, freshEmail());
    const headers = { authorization: `Bearer: ${user.token}` };
    expect((await askToken(server, user.email, {}, headers)).status).toBe(201);
    expect((await server.api.get(`/api/users/${user.id}`, headers)).status).toBe(401);
    expect((await server.api.get('/v1/me', headers)).status).toBe(401);
  });
});
