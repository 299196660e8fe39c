import { bearer, outcome } from '../../support/api.js';
import { startTestGatehouse, type TestGatehouse } from '../../support/gatehouse.js';
import { declareClient } from '../../support/oauth-clients.js';
import { createUser, INSUFFICIENT_SCOPE, INVALID_TOKEN, logIn, type GeminiUser } from './requests.js';

const NOBODY = '00000000-0000-4000-8000-000000000000';

/** Who may do what with artists and venues (000, "There are 5 possible scopes"). */
describe.each([
  ['artist', 'performer'],
  ['venue', 'venue'],
])('a profile of kind %s', (kind, scope) => {
  let server: TestGatehouse;
  let owner: GeminiUser;
  let stranger: GeminiUser;

  beforeAll(async () => {
    server = await startTestGatehouse();
    await declareClient(server);
    owner = await createUser(server, 'owner@example.com');
    stranger = await createUser(server, 'stranger@example.com');
  });
  afterAll(() => server.stop());

  const create = (fields: unknown, { id, token } = owner) =>
    server.api.post(`/api/${kind}/${id}/new`, fields, bearer(token));
  const send = (method: string, id: string, fields?: unknown, { token } = owner) =>
    server.api.send(method, `/api/${kind}s/${id}`, fields, bearer(token));
  const made = async () => (await create({ name: 'First' })).body.id as string;

  it('is changed and deleted by its owner alone', async () => {
    const id = await made();
    for (const method of ['PATCH', 'DELETE']) {
      expect(
        outcome(await send(method, id, method === 'PATCH' ? { name: 'x' } : undefined, stranger)),
      ).toEqual(INSUFFICIENT_SCOPE);
    }
    expect((await send('GET', id)).body.name).toBe('First');
  });

  it('asks for its scope, before it tells whether there is such a profile', async () => {
    const id = await made();
    const without = await logIn(server, owner.email, {
      scope: ['profile', 'performer', 'venue'].filter((word) => word !== scope).join(' '),
    });
    const blind = await logIn(server, owner.email, { scope });
    const refused = [
      await create({ name: 'x' }, without),
      await create({}, { ...without, id: NOBODY }),
      await send('PATCH', id, { name: 'x' }, without),
      await send('PATCH', NOBODY, {}, without),
      await send('DELETE', id, undefined, without),
      await send('DELETE', NOBODY, undefined, without),
      await send('GET', id, undefined, blind),
      await send('GET', NOBODY, undefined, blind),
    ];
    for (const answer of refused) {
      expect(outcome(answer)).toEqual(INSUFFICIENT_SCOPE);
      expect(answer.headers.get('www-authenticate')).toMatch(
        /^Bearer realm="gemini", error="insufficient_scope"/,
      );
    }
    const answer = await create({ name: 'Unseen' }, blind);
    expect(answer).toMatchObject({ status: 201 });
    expect(Object.keys(answer.body._links as object)).toEqual(['delete', 'edit']);
  });

  it('is for a token that counts', async () => {
    const id = await made();
    const bad = { ...owner, token: 'f'.repeat(40) };
    for (const answer of [
      await create({ name: 'x' }, bad),
      await send('GET', id, undefined, bad),
      await send('PATCH', id, {}, bad),
      await send('DELETE', id, undefined, bad),
    ]) {
      expect(outcome(answer)).toEqual(INVALID_TOKEN);
      expect(answer.headers.get('www-authenticate')).toBe('Bearer realm="gemini", error="invalid_token"');
    }
  });
});
