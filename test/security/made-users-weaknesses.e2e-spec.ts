import { RECENT } from '../../src/common/security/access.js';
import { BUILT_IN_ROLES } from '../../src/roles/role.js';
import { bearer, type Answer } from '../support/api.js';
import { keyHeader, makeKey, makeSignedIn, problem, type SignedIn } from '../support/api-keys.js';
import { PASSWORD, rowsOf, signIn } from '../support/declared-people.js';
import { startTestGatehouse, type TestGatehouse } from '../support/gatehouse.js';
import { declareClient } from '../support/oauth-clients.js';
import { login, whoami } from '../surfaces/backup-repository/sessions.js';
import { logIn } from '../surfaces/gemini/requests.js';

const USERS = '/v1/users';
const NOT_ALLOWED = problem(403, 'insufficient-rights');
const TOO_LONG_AGO = problem(403, 'reauthentication-required');

/** Nobody comes to more than he was given by whom he makes or changes (contract 3.1, 3.2). */
describe('users whom administrators make and change', () => {
  let server: TestGatehouse;
  let root: SignedIn;
  let count = 0;

  beforeAll(async () => {
    server = await startTestGatehouse();
    root = await makeSignedIn(server, { email: 'root@example.com', type: 'admin', level: 'superuser' });
    await declareClient(server);
  });
  beforeEach(async () => {
    root = { ...root, token: await signIn(server, root) };
  });
  afterAll(() => server.stop());

  const newEmail = () => `person-${++count}@example.com`;
  const make = (headers: Record<string, string>, fields: object): Promise<Answer> =>
    server.api.post(USERS, { email: newEmail(), password: PASSWORD, ...fields }, headers);
  const freeRole = async () => {
    const body = { name: `auditor ${++count}`, permissions: ['AUDIT:VIEW'] };
    return (await server.api.post('/v1/roles', body, bearer(root.token))).body.id as string;
  };

  const raised: Record<string, () => Promise<object>> = {
    'a superuser': () => Promise.resolve({ type: 'admin', level: 'superuser' }),
    'an administrator at his foot': () => Promise.resolve({ type: 'admin' }),
    'a customer who is manager': () => Promise.resolve({ level: 'manager' }),
    'a member with a free role': async () => ({ type: 'admin', roleId: await freeRole() }),
    'a customer who waits for one': async () => ({ roleId: await freeRole() }),
  };

  it.each(Object.keys(raised))(
    '%s is made by no key, no application and no session left open',
    async (who) => {
      const fields = await raised[who]!();
      const { secret } = await makeKey(server, root);
      const { token } = await logIn(server, root.email);
      const before = await rowsOf(server, 'users');
      for (const headers of [keyHeader(secret), bearer(token)]) {
        const { status, body } = await make(headers, fields);
        expect({ status, body }).toEqual(NOT_ALLOWED);
      }
      const own = await signIn(server, root);
      server.clock.advance(RECENT + 1);
      const { status, body } = await make(bearer(own), fields);
      expect({ status, body }).toEqual(TOO_LONG_AGO);
      expect(await rowsOf(server, 'users')).toBe(before);
      expect((await make(bearer(await signIn(server, root)), fields)).status).toBe(201);
    },
  );

  it('have no free role from who has not its rights himself, whatever they are now', async () => {
    const poor = await makeSignedIn(server, { email: newEmail(), level: 'admin' });
    const { status, body } = await make(bearer(poor.token), { roleId: await freeRole() });
    expect({ status, body }).toEqual(NOT_ALLOWED);
    expect((await make(bearer(poor.token), {})).status).toBe(201);
  });

  it('may still be members without rights, by whatever an administrator shows', async () => {
    const { secret } = await makeKey(server, root);
    const { token } = await logIn(server, root.email);
    server.clock.advance(RECENT + 1);
    for (const headers of [keyHeader(secret), bearer(token), bearer(root.token)]) {
      expect((await make(headers, {})).status).toBe(201);
    }
  });

  it.each(BUILT_IN_ROLES.map(({ name, id }) => [name, id]))(
    'never have the role %s, which is a place on the ladder, without standing there',
    async (_name, roleId) => {
      const own = bearer(root.token);
      const fault = { status: 400, body: { errors: [{ path: 'roleId', rule: 'invalid' }] } };
      expect(await make(own, { type: 'admin', level: 'member', roleId })).toMatchObject(fault);
      const { id } = (await make(own, { type: 'admin' })).body as { id: string };
      expect(await server.api.patch(`${USERS}/${id}`, { roleId }, own)).toMatchObject(fault);
    },
  );

  it('are told of at 001 by the place where they were put, not by what a manifest called the old one', async () => {
    const email = newEmail();
    const fallen = await makeSignedIn(server, {
      email,
      type: 'admin',
      level: 'superuser',
      roles: ['systemAdmin'],
    });
    const edit = (body: object) => server.api.patch(`${USERS}/${fallen.uid}`, body, bearer(root.token));
    const permissions = async () => {
      const { token } = await login(server, email);
      return ((await whoami(server, token)).body.data as { permissions: string[] }).permissions;
    };
    expect((await edit({ firstName: 'Ada', level: 'superuser' })).status).toBe(200);
    expect(await permissions()).toEqual(['systemAdmin']);
    expect((await edit({ level: 'member' })).status).toBe(200);
    expect(await permissions()).toEqual([]);
    expect((await edit({ level: 'manager' })).status).toBe(200);
    expect(await permissions()).toEqual(['collectionManager']);
  });
});
