import { bearer, faultyFields } from '../support/api.js';
import { KEYS, keyHeader, makeKey, makeSignedIn, meBy, type SignedIn } from '../support/api-keys.js';
import { PASSWORD } from '../support/declared-people.js';
import { startTestGatehouse, type TestGatehouse } from '../support/gatehouse.js';
import { queryDatabase } from '../support/raw-database.js';

const USERS = '/v1/users';

/** Spellings that one library takes for an address and another does not: no request may fail by them. */
const SPELLINGS = ['fe80::1%a-b', 'fe80::1%a:b', 'fe80::1%eth0', '::1%x/64', '10.0.0.0/0000000008'];

describe('networks that are none', () => {
  let server: TestGatehouse;
  let admin: SignedIn;

  beforeAll(async () => {
    server = await startTestGatehouse();
    admin = await makeSignedIn(server, { email: 'admin@example.com', type: 'admin', level: 'admin' });
  });
  afterAll(() => server.stop());

  it.each([...SPELLINGS, `fe80::1%${'x'.repeat(9_000)}`])('are refused: %.20s', async (network) => {
    const networks = ['127.0.0.1', network];
    const person = { email: 'someone@example.com', password: PASSWORD, networks };
    const answers = [
      await server.api.post(USERS, person, bearer(admin.token)),
      await server.api.patch(`${USERS}/${admin.uid}`, { networks }, bearer(admin.token)),
      await server.api.post(KEYS, { name: 'key', networks }, bearer(admin.token)),
    ];
    for (const answer of answers) {
      expect(answer.status).toBe(400);
      expect(faultyFields(answer)).toEqual(['networks']);
    }
  });

  it('shut out, and break nothing, where they were written before', async () => {
    const body = { email: 'shut-out@example.com', password: PASSWORD };
    const { id } = (await server.api.post(USERS, body, bearer(admin.token))).body as { id: string };
    const key = await makeKey(server, admin);
    const written = JSON.stringify(SPELLINGS);
    await queryDatabase(
      server.database,
      `UPDATE users SET networks = '${written}' WHERE id = '${id}' RETURNING id`,
    );
    await queryDatabase(
      server.database,
      `UPDATE grants SET networks = '${written}' WHERE id = '${key.id}' RETURNING id`,
    );
    const opened = await server.api.post('/v1/sessions', { identifier: body.email, password: PASSWORD });
    expect(opened).toMatchObject({ status: 401, body: { code: 'wrong-credentials' } });
    expect((await meBy(server, key.secret)).status).toBe(401);
    expect((await server.api.get(USERS, keyHeader(key.secret))).status).toBe(401);
  });
});
