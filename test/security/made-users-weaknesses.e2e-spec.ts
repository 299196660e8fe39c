import { RECENT } from '../../src/common/security/access.js';
import { BUILT_IN_ROLES } from '../../src/roles/role.js';
import { bearer, type Answer } from '../support/api.js';
import { keyHeader, makeKey, makeSignedIn, problem, type SignedIn } from '../support/api-keys.js';
import { mailedToken, makePerson, PASSWORD, rowsOf, signIn } from '../support/declared-people.js';
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

  it('are changed by more callers at once than there are connections, and nobody is shed', async () => {
    const own = bearer(root.token);
    const roleId = await freeRole();
    const people: string[] = [];
    for (let n = 0; n < 24; n++) people.push((await make(own, { type: 'admin', roleId })).body.id as string);
    const edits = people.map((id) => server.api.patch(`${USERS}/${id}`, { firstName: 'Ada' }, own));
    expect((await Promise.all(edits)).map(({ status }) => status)).toEqual(people.map(() => 200));
  }, 30_000);

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

/** Contract 3.15, with addresses that must be confirmed. */
describe('an address that was asked for and is not confirmed yet', () => {
  let server: TestGatehouse;
  let root: SignedIn;
  let admin: SignedIn;

  beforeAll(async () => {
    server = await startTestGatehouse({ AUTH_CONFIRM_EMAIL_ENABLE: 'true' });
    root = await makeSignedIn(server, { email: 'root@example.com', type: 'admin', level: 'superuser' });
    admin = await makeSignedIn(server, { email: 'admin@example.com', type: 'admin', level: 'admin' });
  });
  afterAll(() => server.stop());

  const edit = (id: string, by: SignedIn, body: object) =>
    server.api.patch(`${USERS}/${id}`, body, bearer(by.token));
  const askFor = async (address: string) => {
    const person = await makePerson(server, { email: `of-${address}`, type: 'admin' });
    expect((await edit(person.uid, admin, { email: address })).status).toBe(200);
    return { ...person, token: await mailedToken(server, address) };
  };
  const confirm = (token: string) => server.api.post(`/c/confirm-user-email/${token}`);

  it('becomes his when nothing else changed', async () => {
    const { uid, token } = await askFor('first@example.com');
    expect((await edit(uid, root, { firstName: 'Ada', level: 'member' })).status).toBe(200);
    expect((await confirm(token)).status).toBe(200);
    expect((await edit(uid, root, {})).body).toMatchObject({ email: 'first@example.com' });
  });

  it('never becomes his once he was raised above who asked for it', async () => {
    const { uid, email, token } = await askFor('second@example.com');
    expect((await edit(uid, root, { level: 'superuser' })).status).toBe(200);
    expect((await confirm(token)).status).toBeGreaterThanOrEqual(400);
    expect((await edit(uid, root, {})).body).toMatchObject({ email });
  });

  it('nor when he was raised at 003', async () => {
    const { uid, email, token } = await askFor('third@example.com');
    const administrator = await tokenOf003();
    const raised = {
      firstName: 'Ada',
      lastName: 'King',
      email,
      isActive: 1,
      roles: [BUILT_IN_ROLES[0]!.id],
    };
    const answer = await server.api.send(
      'PUT',
      `/api/admin/data/${uid}`,
      { admin: raised },
      bearer(administrator),
    );
    expect(answer.status).toBe(200);
    expect((await confirm(token)).status).toBeGreaterThanOrEqual(400);
    expect((await edit(uid, root, {})).body).toMatchObject({ level: 'superuser', email });
  });

  /** A token of 003 for `root`. */
  const tokenOf003 = async () => {
    const body = { _username: root.email, _password: root.password };
    return (await server.api.post('/api/admin/login_check', body)).body.token as string;
  };
});
