import { DAY, SECOND } from '../../../src/common/clock.js';
import { Janitor } from '../../../src/janitor/janitor.service.js';
import { bearer, outcome, tokenHeader } from '../../support/api.js';
import { block, findPerson, PASSWORD, signIn, unblock } from '../../support/declared-people.js';
import { startTestGatehouse, type TestGatehouse } from '../../support/gatehouse.js';
import { declareClient } from '../../support/oauth-clients.js';
import {
  askToken,
  askUser,
  basic,
  createUser,
  INVALID_CLIENT,
  INVALID_SCOPE,
  INVALID_TOKEN,
  refusal,
  type GeminiUser,
} from './requests.js';

const OTHER_PASSWORD = 'another horse 2';

/** The document's way of logging in: an earlier token stands for the client (contract 4.1). */
describe('a token that was issued before, at POST /api/oauth/token', () => {
  let server: TestGatehouse;
  let user: GeminiUser;
  let count = 0;

  beforeAll(async () => {
    server = await startTestGatehouse();
    await declareClient(server);
  });
  beforeEach(async () => {
    user = await createUser(server, `person-${++count}@example.com`);
  });
  afterAll(() => server.stop());

  const again = (fields: object = {}, token = user.token) =>
    askToken(server, user.email, fields, bearer(token));
  const look = () => server.api.get(`/api/users/${user.id}`, bearer(user.token));
  const change = async (password: string) => {
    const token = await signIn(server, { email: user.email, password: PASSWORD });
    const body = { email: user.email, password1: password, password2: password };
    const answer = await server.api.post('/api/v1.1/auth/change-password/', body, tokenHeader(token));
    expect(answer.status).toBe(200);
  };

  it.each(['Bearer', 'Bearer:', 'bearer:', 'BEARER'])('is taken behind %s', async (scheme) => {
    const answer = await askToken(server, user.email, {}, { authorization: `${scheme} ${user.token}` });
    expect(answer).toMatchObject({ status: 201, body: { user: { id: user.id } } });
    expect(answer.body.access_token).not.toBe(user.token);
  });

  it('stands for the client alone: anybody may log in at it, with his own password', async () => {
    const other = await createUser(server, `person-${++count}@example.com`);
    const answer = await askToken(server, other.email, {}, bearer(user.token));
    expect(answer).toMatchObject({ status: 201, body: { user: { id: other.id } } });
    expect(outcome(await again({ password: 'wrong' }))).toMatchObject({ body: { error: 'invalid_grant' } });
    expect(outcome(await again({ password: undefined }))).toMatchObject({ status: 400 });
  });

  it('makes no users: that asks for the client’s own secret', async () => {
    const answer = await askUser(server, `person-${++count}@example.com`, {}, bearer(user.token));
    expect(outcome(answer)).toEqual(INVALID_CLIENT);
  });

  it('gives what its client may ask for, whatever it was given itself', async () => {
    const narrow = await declareClient(server, { name: 'narrow', scopes: ['profile'] });
    const first = await askToken(server, user.email, { scope: 'profile' }, basic(narrow.name));
    const token = first.body.access_token as string;
    expect(outcome(await again({}, token))).toEqual(INVALID_SCOPE);
    const { body } = await askToken(server, user.email, { scope: 'profile' });
    expect((await again({}, body.access_token as string)).body.token.scope).toHaveLength(3);
  });

  it('is outdone by a client that shows its secret in the body', async () => {
    const narrow = await declareClient(server, { name: 'narrow', scopes: ['profile'] });
    const shown = { client_id: 'narrow', client_secret: narrow.secrets[0], scope: undefined };
    expect((await again(shown)).body.token.scope).toEqual(['profile']);
    expect(outcome(await again({ ...shown, client_secret: 'wrong' }))).toEqual(INVALID_CLIENT);
  });

  it('counts after it has expired, for 90 days', async () => {
    server.clock.advance(DAY + SECOND);
    expect(outcome(await look())).toEqual(INVALID_TOKEN);
    expect((await again()).status).toBe(201);
    server.clock.advance(89 * DAY);
    await server.get(Janitor).tidy();
    expect((await again()).status).toBe(201);
    server.clock.advance(DAY + SECOND);
    await server.get(Janitor).tidy();
    expect(outcome(await again())).toEqual(INVALID_CLIENT);
  });

  describe.each([
    ['fresh', 0],
    ['expired', 2 * DAY],
  ])('%s', (_, age) => {
    beforeEach(() => server.clock.advance(age));

    it('counts no more once its user was blocked, and stays so', async () => {
      const person = await findPerson(server, user.email);
      await block(server, person);
      expect(outcome(await again())).toEqual(INVALID_CLIENT);
      await unblock(server, person);
      expect(outcome(await again())).toEqual(INVALID_CLIENT);
      expect((await askToken(server, user.email)).status).toBe(201);
    });

    it('counts no more once his password was changed', async () => {
      await change(OTHER_PASSWORD);
      expect(outcome(await again({ password: OTHER_PASSWORD }))).toEqual(INVALID_CLIENT);
      expect((await askToken(server, user.email, { password: OTHER_PASSWORD })).status).toBe(201);
    });

    it('counts no more once its client was disabled, and stays so', async () => {
      const client = await declareClient(server, { name: `brief-${age}` });
      const { body } = await askToken(server, user.email, {}, basic(client.name));
      for (const disabled of [true, false]) {
        await declareClient(server, { ...client, disabled });
        expect(outcome(await again({}, body.access_token as string))).toEqual(INVALID_CLIENT);
      }
    });
  });

  it('counts no more once its session was ended, nor when it expires later', async () => {
    const token = await signIn(server, { email: user.email, password: PASSWORD });
    const { body } = await server.api.get('/v1/sessions', bearer(token));
    const sessions = body.items as { id: string; surface: string }[];
    const [own] = sessions.filter(({ surface }) => surface === 'gemini');
    expect((await again()).status).toBe(201);
    const ended = await server.api.send('DELETE', `/v1/sessions/${own!.id}`, undefined, bearer(token));
    expect(ended.status).toBe(204);
    for (const age of [0, 2 * DAY]) {
      server.clock.advance(age);
      expect(outcome(await again())).toEqual(INVALID_CLIENT);
    }
  });

  it('counts no more once its user was erased', async () => {
    const erased = await server.api.post(`/api/users/${user.id}/delete`, undefined, bearer(user.token));
    expect(erased.status).toBe(204);
    expect(outcome(await askUser(server, user.email, {}, bearer(user.token)))).toEqual(INVALID_CLIENT);
  });

  it('of another surface, or a key, stands for no client', async () => {
    const token = await signIn(server, { email: user.email, password: PASSWORD });
    expect(outcome(await again({}, token))).toEqual(INVALID_CLIENT);
    const key = await server.api.post('/v1/api-keys', { name: 'key' }, bearer(token));
    expect(key.status).toBe(201);
    expect(outcome(await again({}, key.body.secret as string))).toEqual(INVALID_CLIENT);
  });

  it('of a client that may no longer use the password grant is unauthorized_client', async () => {
    const client = await declareClient(server, { name: 'former' });
    const { body } = await askToken(server, user.email, {}, basic(client.name));
    await declareClient(server, { ...client, grants: [] });
    expect(outcome(await again({}, body.access_token as string))).toEqual(
      refusal(400, 'unauthorized_client', 'The client may not use this grant type.'),
    );
  });
});
