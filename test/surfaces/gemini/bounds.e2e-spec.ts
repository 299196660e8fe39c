import { DeclareUsers } from '../../../src/accounts/declare-users.service.js';
import { DAY, MINUTE, SECOND } from '../../../src/common/clock.js';
import { bearer } from '../../support/api.js';
import { makePerson } from '../../support/declared-people.js';
import { startTestGatehouse, type TestGatehouse } from '../../support/gatehouse.js';
import { CITY_APP, declareClient } from '../../support/oauth-clients.js';
import { askToken, basic, createUser, logIn, TOKEN, tokenBody } from './requests.js';

/** What a token of document 000 does not open, or no longer. */
describe('the bounds of a token of document 000', () => {
  let server: TestGatehouse;

  beforeAll(async () => {
    server = await startTestGatehouse();
    await declareClient(server);
  }, 30_000);
  afterAll(() => server.stop());

  it('are those of its owner today: who is no longer superuser reads nobody else', async () => {
    const root = await makePerson(server, { name: 'root', email: 'root@example.org', level: 'superuser' });
    const other = await createUser(server, 'read@example.org');
    const { token, id } = await logIn(server, root.email);
    const look = (user: string) => server.api.get(`/api/users/${user}`, bearer(token));
    expect((await look(other.id)).status).toBe(200);
    await server
      .get(DeclareUsers)
      .declare([{ name: 'root', type: 'customer', level: 'member', email: root.email, emailVerified: true }]);
    expect((await look(other.id)).status).toBe(403);
    expect((await look(id)).status).toBe(200);
  });

  it('leave the link out that asks for a fresher one', async () => {
    const { id, token } = await createUser(server, 'links@example.org');
    const links = async () => {
      const answer = await server.api.get(`/api/users/${id}`, bearer(token));
      return Object.keys(answer.body._links as object);
    };
    expect(await links()).toContain('delete');
    server.clock.advance(15 * MINUTE + SECOND);
    expect(await links()).not.toContain('delete');
    expect((await server.api.post(`/api/users/${id}/delete`, undefined, bearer(token))).status).toBe(401);
  });

  it('end 90 days after it has expired, for showing the client too, cleaned away or not', async () => {
    const { email, token } = await createUser(server, 'old@example.org');
    server.clock.advance(91 * DAY - MINUTE);
    expect((await askToken(server, email, {}, bearer(token))).status).toBe(201);
    server.clock.advance(2 * MINUTE);
    expect((await askToken(server, email, {}, bearer(token))).body).toMatchObject({
      error: 'invalid_client',
    });
  });

  it('are not widened by a client without scopes, nor by a body that names another client', async () => {
    await createUser(server, 'narrow@example.org');
    const bare = await declareClient(server, { name: 'bare', scopes: [] });
    const asBare = basic(bare.name, bare.secrets[0]);
    expect((await askToken(server, 'narrow@example.org', { scope: undefined }, asBare)).body).toMatchObject({
      error: 'invalid_scope',
    });
    expect((await askToken(server, 'narrow@example.org', { client_id: 'bare' })).body).toMatchObject({
      error: 'invalid_request',
    });
    expect((await askToken(server, 'narrow@example.org', { client_id: CITY_APP.name })).status).toBe(201);
    const twice = new URLSearchParams({ ...tokenBody('narrow@example.org') });
    twice.append('other', '1');
    twice.append('other', '2');
    expect((await server.api.post(TOKEN, twice, basic())).body).toMatchObject({ error: 'invalid_request' });
  });
});
