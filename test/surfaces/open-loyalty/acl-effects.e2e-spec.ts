import { bearer, outcome } from '../../support/api.js';
import { startTestGatehouse, type TestGatehouse } from '../../support/gatehouse.js';
import {
  adminBody,
  DATA,
  FORBIDDEN,
  hire,
  keyHeader,
  LIST,
  makeAdmin,
  makeHolder,
  makeRole,
  MASTER,
  REPORTER_ADMIN,
  ROLE,
  roleBody,
  roleForm,
  roleIdOf,
  signInAt,
  type Member,
} from './people.js';

const DONE = { status: 204, body: '' };

describe('what roles of administrators do', () => {
  let server: TestGatehouse;
  let superuser: Member;
  let admin: Member;
  let manager: Member;

  beforeAll(async () => {
    server = await startTestGatehouse({ MASTER_API_KEY: MASTER });
    superuser = await makeAdmin(server, 'superuser');
    admin = await makeAdmin(server, 'admin');
    manager = await makeAdmin(server, 'manager');
  });
  afterAll(() => server.stop());

  const get = (path: string, { headers } = manager) => server.api.get(`/api/admin/acl/${path}`, headers);
  const create = (body: unknown, { headers } = admin) => server.api.post(ROLE, body, headers);
  const put = (id: string, body: unknown, { headers } = admin) =>
    server.api.send('PUT', `${ROLE}/${id}`, body, headers);
  const remove = (id: string, { headers } = admin) =>
    server.api.send('DELETE', `${ROLE}/${id}`, undefined, headers);
  const show = async (id: string) => (await get(`role/${id}`)).body as object;

  const holder = (name: string, permissions: Parameters<typeof roleForm>[1]) =>
    makeHolder(server, superuser, name, permissions);

  describe('nobody', () => {
    it('gives a right that he does not have', async () => {
      const clerk = await holder('Clerk', [
        ['ACL', 'MODIFY'],
        ['POS', 'VIEW'],
      ]);
      expect(outcome(await create(roleForm('Too much', [['POS', 'MODIFY']]), clerk))).toEqual(FORBIDDEN);
      expect(
        outcome(
          await create(
            roleForm('Enough', [
              ['POS', 'VIEW'],
              ['ACL', 'VIEW'],
            ]),
            clerk,
          ),
        ),
      ).toEqual(DONE);
    });

    it('changes or removes a role with a right that he does not have', async () => {
      const clerk = await holder('Porter', [['ACL', 'MODIFY']]);
      const id = await makeRole(server, admin, 'Higher', [
        ['ACL', 'VIEW'],
        ['POS', 'VIEW'],
      ]);
      expect(outcome(await put(id, roleForm('Taken over', []), clerk))).toEqual(FORBIDDEN);
      expect(outcome(await remove(id, clerk))).toEqual(FORBIDDEN);
      expect(outcome(await put(clerk.roleId, roleForm('Porter', [['ADMIN', 'MODIFY']]), clerk))).toEqual(
        FORBIDDEN,
      );
      expect(await show(id)).toEqual(
        roleBody('Higher', [
          ['ACL', 'VIEW'],
          ['POS', 'VIEW'],
        ]),
      );
      const lower = await makeRole(server, admin, 'Lower', [['ACL', 'VIEW']]);
      expect(outcome(await put(lower, roleForm('Lowest', []), clerk))).toEqual(DONE);
      expect(outcome(await remove(lower, clerk))).toEqual(DONE);
    });
  });

  describe('the built-in roles', () => {
    it('cannot be changed or removed by anybody', async () => {
      const before = (await get('role')).body as object;
      for (const caller of [admin, superuser, { ...admin, headers: keyHeader(MASTER) }]) {
        const master = await roleIdOf(server, manager, 'Super admin');
        expect((await put(master, roleForm('Mine', []), caller)).status).toBe(400);
        expect(outcome(await remove(master, caller))).toEqual({
          status: 400,
          body: { error: 'Can not remove master role.' },
        });
        for (const name of ['Full admin', 'Reporter admin']) {
          const id = await roleIdOf(server, manager, name);
          const refused = { status: 400, body: { error: 'Can not change a built-in role.' } };
          expect(outcome(await put(id, roleForm('Mine', []), caller))).toEqual(refused);
          expect(outcome(await remove(id, caller))).toEqual(refused);
        }
      }
      expect((await get('role')).body).toEqual(before);
    });
  });

  describe('a free role', () => {
    it('counts at once; MODIFY contains VIEW, and nothing else is open', async () => {
      const keeper = await holder('Staff keeper', [['ADMIN', 'MODIFY']]);
      expect((await server.api.get(LIST, keeper.headers)).status).toBe(200);
      expect((await server.api.post(DATA, {}, keeper.headers)).status).toBe(400);
      expect(outcome(await get('role', keeper))).toEqual(FORBIDDEN);
      expect(outcome(await server.api.get('/api/admin/analytics/customers', keeper.headers))).toEqual(
        FORBIDDEN,
      );
      const body = (await server.api.get(DATA, keeper.headers)).body as object;
      expect(body).toEqual(
        adminBody(keeper.uid, keeper.email, { roles: [roleBody('Staff keeper', [['ADMIN', 'MODIFY']])] }),
      );
    });

    it('holds as it is changed, from the next request of who is signed in', async () => {
      const person = await holder('Changing', [['ADMIN', 'VIEW']]);
      const statuses = async () => [
        (await server.api.get(LIST, person.headers)).status,
        (await get('role', person)).status,
      ];
      expect(await statuses()).toEqual([200, 403]);
      await put(person.roleId, roleForm('Changing', [['ACL', 'VIEW']]));
      expect(await statuses()).toEqual([403, 200]);
      await put(
        person.roleId,
        roleForm('Changing', [
          ['ACL', 'VIEW'],
          ['ADMIN', 'MODIFY'],
        ]),
      );
      expect(await statuses()).toEqual([200, 200]);
      expect(outcome(await remove(person.roleId))).toEqual(DONE);
      expect(await statuses()).toEqual([403, 403]);
      expect((await server.api.get(DATA, person.headers)).body).toEqual(
        adminBody(person.uid, person.email, { roles: [] }),
      );
    });

    it('given to or taken from somebody who is signed in holds from his next request', async () => {
      const person = await hire(server, superuser);
      const headers = await signInAt(server, 'admin', person);
      const role = await makeRole(server, superuser, 'Given', [['ACL', 'VIEW']]);
      const move = (roles: readonly string[]) =>
        server.api.send(
          'PUT',
          `${DATA}/${person.uid}`,
          { admin: { email: person.email, isActive: 1, roles } },
          admin.headers,
        );
      const statuses = async () => [
        (await server.api.get(LIST, headers)).status,
        (await get('role', { ...person, headers })).status,
      ];
      expect(await statuses()).toEqual([200, 200]);
      expect((await move([role])).status).toBe(200);
      expect(await statuses()).toEqual([403, 200]);
      expect((await move([await roleIdOf(server, admin, 'Reporter admin')])).status).toBe(200);
      expect(await statuses()).toEqual([200, 200]);
    });

    it('makes nobody more than a member at every other door', async () => {
      const all = REPORTER_ADMIN.permissions.map(({ resource }) => [resource, 'MODIFY'] as const);
      const person = await holder('Everything', all);
      expect((await server.api.get(LIST, person.headers)).status).toBe(200);
      expect((await server.api.get('/v1/me', person.headers)).body).toMatchObject({
        type: 'admin',
        level: 'member',
      });
      expect((await server.api.get('/v1/users', person.headers)).status).toBe(403);
      const { email, password } = person;
      const at001 = await server.api.post('/api/stable/auth/login', { username: email, password });
      const whoami = await server.api.get('/api/stable/auth/whoami', bearer(at001.body.data.token as string));
      expect(whoami.body.data).toMatchObject({ email, permissions: [] });
      const at004 = await server.api.post('/api/v1.1/auth/login/', { email, password });
      expect(at004.body).toMatchObject({ email, level: 'simpleuser' });
    });
  });
});
