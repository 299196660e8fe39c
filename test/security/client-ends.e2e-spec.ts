import { randomBytes } from 'node:crypto';
import type { Gatehouse } from '../../src/bootstrap.js';
import { outcome, TestApi, bearer, type Answer } from '../support/api.js';
import { makeSignedIn, type SignedIn } from '../support/api-keys.js';
import { dumpDatabase } from '../support/database-dump.js';
import { makePerson, type Person } from '../support/declared-people.js';
import { startTestGatehouse, type TestGatehouse } from '../support/gatehouse.js';
import { startSecondNode } from '../support/second-node.js';
import { basic, INVALID_CLIENT, TOKEN, tokenBody } from '../surfaces/gemini/requests.js';

const CLIENTS = '/v1/clients';

interface App {
  readonly id: string;
  readonly secret: string;
}

/** Whoever changes a client asks one node, the client itself another. */
describe('what a client was given', () => {
  let server: TestGatehouse;
  let node: Gatehouse;
  let other: TestApi;
  let admin: SignedIn;
  let person: Person;
  let made = 0;

  beforeAll(async () => {
    const environment = { SECRET_KEY: randomBytes(32).toString('base64') };
    server = await startTestGatehouse(environment);
    node = await startSecondNode(server, environment);
    other = new TestApi(node.address);
    admin = await makeSignedIn(server, { email: 'admin@example.com', type: 'admin', level: 'admin' });
    person = await makePerson(server, { email: 'person@example.com' });
  }, 60_000);
  afterAll(async () => {
    await node.app.close();
    await server.stop();
  });

  const send = async (method: string, path: string, body?: unknown) => {
    const answer = await server.api.send(method, `${CLIENTS}${path}`, body, bearer(admin.token));
    if (answer.status >= 300) throw new Error(`${method} ${path}: ${answer.status}`);
    // Every shape that a route answers.
    return answer.body as { id: string; secret: string; secrets: { id: string }[] };
  };
  const makeApp = async (id = `app-${(made += 1)}`): Promise<App> =>
    send('POST', '', { id, grants: ['password'], scopes: ['profile'] });
  const askToken = ({ id, secret }: App, headers = basic(id, secret)): Promise<Answer> =>
    other.post(TOKEN, tokenBody(person.email, { scope: 'profile' }), headers);
  const tokenOf = async (app: App) => {
    const { status, body } = await askToken(app);
    expect(status).toBe(201);
    return body.access_token as string;
  };
  const look = async (token: string) => (await other.get(`/api/users/${person.uid}`, bearer(token))).status;

  it('is a secret that proves who it is, of which the database has a digest', async () => {
    const app = await makeApp();
    const { secret } = await send('POST', `/${app.id}/secrets`);
    expect(await look(await tokenOf(app))).toBe(200);
    expect(await look(await tokenOf({ ...app, secret }))).toBe(200);
    expect(outcome(await askToken({ ...app, secret: `${secret}x` }))).toEqual(INVALID_CLIENT);
    const another = await makeApp();
    expect(outcome(await askToken({ id: another.id, secret }))).toEqual(INVALID_CLIENT);
    const dump = `${await dumpDatabase(server.database)}${server.log()}`;
    expect(dump).toContain(app.id);
    for (const known of [app.secret, secret, another.secret]) {
      expect(dump).not.toContain(known);
      expect(dump).not.toContain(known.slice('ghc_'.length));
    }
  });

  it('proves nothing once the secret is taken away; what was issued stays', async () => {
    const app = await makeApp();
    const added = await send('POST', `/${app.id}/secrets`);
    const token = await tokenOf({ ...app, secret: added.secret });
    await send('DELETE', `/${app.id}/secrets/${added.id}`);
    expect(outcome(await askToken({ ...app, secret: added.secret }))).toEqual(INVALID_CLIENT);
    expect(await look(token)).toBe(200);
    expect(await look(await tokenOf(app))).toBe(200);
  });

  it('ends with the next request when the client is disabled, for good', async () => {
    for (let round = 0; round < 5; round++) {
      const app = await makeApp();
      const token = await tokenOf(app);
      expect(await look(token)).toBe(200);
      await send('PATCH', `/${app.id}`, { state: 'disabled' });
      expect(await look(token)).toBe(401);
      expect(outcome(await askToken(app))).toEqual(INVALID_CLIENT);
      expect(outcome(await askToken(app, bearer(token)))).toEqual(INVALID_CLIENT);
      await send('PATCH', `/${app.id}`, { state: 'active' });
      expect(await look(token)).toBe(401);
      expect(await look(await tokenOf(app))).toBe(200);
    }
  });

  it('ends with the next request when the client is deleted, also when its id is given again', async () => {
    for (let round = 0; round < 5; round++) {
      const app = await makeApp();
      const token = await tokenOf(app);
      expect(await look(token)).toBe(200);
      await send('DELETE', `/${app.id}`);
      expect(await look(token)).toBe(401);
      expect(outcome(await askToken(app))).toEqual(INVALID_CLIENT);
      expect(outcome(await askToken(app, bearer(token)))).toEqual(INVALID_CLIENT);
      const again = await makeApp(app.id);
      expect(await look(token)).toBe(401);
      expect(outcome(await askToken(app))).toEqual(INVALID_CLIENT);
      expect(outcome(await askToken(app, bearer(token)))).toEqual(INVALID_CLIENT);
      expect(await look(await tokenOf(again))).toBe(200);
    }
  });

  it('is less from the next request on when its grants or scopes are', async () => {
    const app = await makeApp();
    expect((await askToken(app)).status).toBe(201);
    await send('PATCH', `/${app.id}`, { scopes: ['venue'] });
    expect((await askToken(app)).body).toMatchObject({ error: 'invalid_scope' });
    await send('PATCH', `/${app.id}`, { scopes: ['profile'], grants: [] });
    expect((await askToken(app)).body).toMatchObject({ error: 'unauthorized_client' });
  });
});
