import { HOUR, MINUTE, SECOND } from '../../../src/common/clock.js';
import { Janitor } from '../../../src/janitor/janitor.service.js';
import { bearer, outcome, tokenHeader } from '../../support/api.js';
import { PASSWORD, signIn } from '../../support/declared-people.js';
import { startTestGatehouse, type TestGatehouse } from '../../support/gatehouse.js';
import { declareClient } from '../../support/oauth-clients.js';
import { queryDatabase, tablesOf } from '../../support/raw-database.js';
import {
  askToken,
  createUser,
  INSUFFICIENT_SCOPE,
  INVALID_GRANT,
  INVALID_TOKEN,
  logIn,
  refusal,
  type GeminiUser,
} from './requests.js';

const TOO_OLD = refusal(
  401,
  'insufficient_user_authentication',
  'This needs a token that is at most 15 minutes old.',
);

describe('POST /api/users/{id}/delete', () => {
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

  const freshEmail = () => `person-${++count}@erased.example`;
  const look = ({ id, token } = user) => server.api.get(`/api/users/${id}`, bearer(token));
  const erase = ({ id, token } = user) =>
    server.api.post(`/api/users/${id}/delete`, undefined, bearer(token));

  /** The tables with a row that holds one of these texts, in any case. */
  async function tablesWith(...texts: string[]): Promise<string[]> {
    const found = [];
    for (const table of await tablesOf(server.database)) {
      const rows = JSON.stringify(await queryDatabase(server.database, `SELECT * FROM "${table}"`));
      if (texts.some((text) => rows.toLowerCase().includes(text.toLowerCase()))) found.push(table);
    }
    return found;
  }

  it('answers 204 without a body, and everything of the user is gone', async () => {
    const [artist, venue] = ['The Analytical Engines', 'Hall of Ockham'];
    await server.api.post(`/api/artist/${user.id}/new`, { name: artist }, bearer(user.token));
    await server.api.post(`/api/venue/${user.id}/new`, { name: venue }, bearer(user.token));
    const fields = { first_name: 'Augusta', address: 'St James’s Square', phone: '+48500100300' };
    const changed = freshEmail();
    await server.api.patch(`/api/users/${user.id}`, { ...fields, email: changed }, bearer(user.token));
    const password = await signIn(server, { email: changed, password: PASSWORD });
    const key = await server.api.post('/v1/api-keys', { name: 'key of Augusta' }, bearer(password));
    expect(key.status).toBe(201);
    await server.api.post('/api/v1.1/auth/reset-password/', { email: changed });
    await server.mailbox.waitFor(changed, 2);
    const texts = [user.id, user.email, changed, artist, venue, 'Augusta', fields.address, fields.phone];
    expect(await tablesWith(...texts)).toEqual(
      expect.arrayContaining(['accounts', 'grants', 'one_time_tokens', 'outbox', 'profiles', 'users']),
    );

    const answer = await erase();
    expect(outcome(answer)).toEqual({ status: 204, body: '' });

    // Other nodes learn of it from an announcement, which names him for an hour; the audit trail keeps ids.
    expect(await tablesWith(user.id)).toEqual(['audit_events', 'change']);
    expect(await tablesWith(...texts.slice(1))).toEqual([]);
    server.clock.advance(2 * HOUR);
    await server.get(Janitor).tidy();
    expect(await tablesWith(user.id)).toEqual(['audit_events']);
    expect(outcome(await look())).toEqual(INVALID_TOKEN);
    expect((await server.api.get('/api/v1.1/account/me/', tokenHeader(password))).status).toBe(403);
    const asKey = await server.api.get('/v1/me', { 'x-auth-token': key.body.secret as string });
    expect(asKey.status).toBe(401);
    expect(outcome(await askToken(server, changed))).toEqual(INVALID_GRANT);
  });

  it('ends all of his tokens with their next request, and leaves others alone', async () => {
    const other = await createUser(server, freshEmail());
    const second = await logIn(server, user.email);
    for (const one of [user, second, other]) expect((await look(one)).status).toBe(200);
    await erase();
    for (const one of [user, second]) expect(outcome(await look(one))).toEqual(INVALID_TOKEN);
    expect((await look(other)).status).toBe(200);
    expect(outcome(await erase())).toEqual(INVALID_TOKEN);
  });

  it('leaves his address free', async () => {
    await erase();
    const again = await createUser(server, user.email);
    expect(again.id).not.toBe(user.id);
  });

  it('of a request that comes twice at once erases once', async () => {
    const answers = await Promise.all([erase(), erase(), erase()]);
    const statuses = answers.map(({ status }) => status);
    expect(statuses.filter((status) => status === 204)).toHaveLength(1);
    expect(statuses.filter((status) => status === 401)).toHaveLength(2);
  });

  it('needs a token that is at most 15 minutes old', async () => {
    const [near, past] = [15 * MINUTE - 30 * SECOND, 31 * SECOND];
    const early = await createUser(server, freshEmail());
    server.clock.advance(near);
    expect((await erase(early)).status).toBe(204);
    server.clock.advance(past);
    const answer = await erase();
    expect(outcome(answer)).toEqual(TOO_OLD);
    expect(answer.headers.get('www-authenticate')).toBe(
      'Bearer realm="gemini", error="insufficient_user_authentication"',
    );
    expect((await look()).status).toBe(200);
    const again = await logIn(server, user.email);
    expect((await erase(again)).status).toBe(204);
  });

  it('is made no younger by use', async () => {
    for (let times = 0; times < 4; times += 1) {
      server.clock.advance(5 * MINUTE);
      expect((await look()).status).toBe(200);
    }
    expect(outcome(await erase())).toEqual(TOO_OLD);
  });

  it('is for oneself with the scope profile', async () => {
    const other = await createUser(server, freshEmail());
    for (const id of [other.id, '00000000-0000-4000-8000-000000000000']) {
      expect(outcome(await erase({ ...user, id }))).toEqual(INSUFFICIENT_SCOPE);
    }
    const narrow = await logIn(server, user.email, { scope: 'performer venue' });
    expect(outcome(await erase(narrow))).toEqual(INSUFFICIENT_SCOPE);
    for (const one of [user, other]) expect((await look(one)).status).toBe(200);
  });

  it('is asked for by POST only', async () => {
    const answer = await server.api.get(`/api/users/${user.id}/delete`, bearer(user.token));
    expect(answer.status).toBe(405);
    expect(answer.headers.get('allow')).toBe('POST');
  });
});
