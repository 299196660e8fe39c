import { createRequire } from 'node:module';
import { bearer } from '../../support/api.js';
import { PASSWORD } from '../../support/declared-people.js';
import { startTestGatehouse, type TestGatehouse } from '../../support/gatehouse.js';
import { CITY_APP, declareClient } from '../../support/oauth-clients.js';
import { createUser, TOKEN, type GeminiUser } from './requests.js';

interface GivenToken {
  readonly token: Record<string, unknown>;
  expired(): boolean;
}

interface StockClient {
  getToken(fields: Record<string, unknown>): Promise<GivenToken>;
}

/** What of simple-oauth2 is used here; it comes without types. */
interface SimpleOAuth2 {
  readonly ResourceOwnerPassword: new (configuration: object) => StockClient;
}

const { ResourceOwnerPassword } = createRequire(import.meta.url)('simple-oauth2') as SimpleOAuth2;

/** "There are many libraries … and will be compatible with the API's implementation" (000). */
describe('simple-oauth2 at document 000', () => {
  let server: TestGatehouse;
  let user: GeminiUser;

  beforeAll(async () => {
    server = await startTestGatehouse();
    await declareClient(server);
    await declareClient(server, { name: 'odd/app+1', secrets: ['a secret: 100% +odd &so=on'] });
    user = await createUser(server, 'ada@example.com');
  });
  afterAll(() => server.stop());

  const clientWith = (options: object, { name, secrets } = CITY_APP) =>
    new ResourceOwnerPassword({
      client: { id: name, secret: secrets[0] },
      auth: { tokenHost: server.api.address, tokenPath: TOKEN },
      options,
    });
  const credentials = { username: 'ada@example.com', password: PASSWORD };
  const refusalOf = (asked: Promise<unknown>): Promise<unknown> =>
    asked.then(
      () => 'no refusal',
      (error: { data: { payload: { error: string } } }) => error.data.payload.error,
    );

  it.each(['header', 'body'])('signs in with its secret in the %s, by a form and by JSON', async (place) => {
    for (const bodyFormat of ['form', 'json']) {
      const client = clientWith({ authorizationMethod: place, bodyFormat });
      const given = await client.getToken({ ...credentials, scope: ['profile', 'venue'] });
      expect(given.token).toMatchObject({
        access_token: expect.stringMatching(/^[0-9a-f]{40}$/),
        token_type: 'Bearer',
        expires_in: 86_400,
        scope: 'profile venue',
      });
      expect(given.expired()).toBe(false);
      const own = await server.api.get(`/api/users/${user.id}`, bearer(String(given.token.access_token)));
      expect(own).toMatchObject({ status: 200, body: { id: user.id, email: user.email } });
    }
  });

  it.each(['strict', 'loose'])('signs in by a secret of odd signs, encoded %s', async (mode) => {
    const odd = mode === 'strict' ? { name: 'odd/app+1', secrets: ['a secret: 100% +odd &so=on'] } : {};
    const client = clientWith({ credentialsEncodingMode: mode }, { ...CITY_APP, ...odd });
    expect((await client.getToken(credentials)).token.scope).toBe('profile performer venue');
  });

  it('understands each refusal', async () => {
    const wrong = clientWith({}, { ...CITY_APP, secrets: ['wrong-secret-0123456789'] });
    expect(await refusalOf(wrong.getToken(credentials))).toBe('invalid_client');
    const client = clientWith({});
    const ask = (fields: object) => refusalOf(client.getToken({ ...credentials, ...fields }));
    expect(await ask({ password: 'wrong' })).toBe('invalid_grant');
    expect(await ask({ scope: 'profile admin' })).toBe('invalid_scope');
    expect(await ask({ username: '' })).toBe('invalid_request');
  });
});
