import { outcome } from '../../support/api.js';
import { startTestGatehouse, type TestGatehouse } from '../../support/gatehouse.js';
import {
  BLANK,
  EXTRA,
  FORBIDDEN,
  FULL_ADMIN,
  INVALID,
  keyHeader,
  makeAdmin,
  makeHolder,
  makeMember,
  makeRole,
  MASTER,
  NOT_FOUND,
  refusal,
  REPORTER_ADMIN,
  ROLE,
  roleBody,
  roleForm,
  roleIdOf,
  SUPER_ADMIN,
  TAKEN,
  UNAUTHENTICATED,
  type Member,
} from './people.js';

const ROLE_FIELDS = ['name', 'permissions'] as const;
const DONE = { status: 204, body: '' };
const UNKNOWN = '49297d80-e924-479a-8fcc-27e15f7a12e7';

describe('roles of administrators', () => {
  let server: TestGatehouse;
  let superuser: Member;
  let admin: Member;
  let manager: Member;
  let outsiders: Member[];

  beforeAll(async () => {
    server = await startTestGatehouse({ MASTER_API_KEY: MASTER });
    superuser = await makeAdmin(server, 'superuser');
    admin = await makeAdmin(server, 'admin');
    manager = await makeAdmin(server, 'manager');
    outsiders = [
      await makeAdmin(server, 'member'),
      await makeMember(server, 'customer', { email: 'customer@example.com' }),
      await makeMember(server, 'seller', { email: 'seller@example.com' }),
    ];
  });
  afterAll(() => server.stop());

  const get = (path: string, { headers } = manager) => server.api.get(`/api/admin/acl/${path}`, headers);
  const create = (body: unknown, { headers } = admin) => server.api.post(ROLE, body, headers);
  const put = (id: string, body: unknown, { headers } = admin) =>
    server.api.send('PUT', `${ROLE}/${id}`, body, headers);
  const remove = (id: string, { headers } = admin) =>
    server.api.send('DELETE', `${ROLE}/${id}`, undefined, headers);
  const show = async (id: string) => (await get(`role/${id}`)).body as object;

  describe('GET /api/admin/acl/role', () => {
    it('lists the built-in roles from the highest down, each thing under an id that never changes', async () => {
      const first = await get('role');
      expect(outcome(first)).toEqual({
        status: 200,
        body: { roles: [SUPER_ADMIN, FULL_ADMIN, REPORTER_ADMIN], total: 3 },
      });
      expect((await get('role', admin)).body).toEqual(first.body);
      const ids = JSON.stringify(first.body).match(/"id":"[^"]+"/g)!;
      expect(new Set(ids).size).toBe(ids.length);
    });

    it('is for who may view them', async () => {
      for (const outsider of outsiders) {
        for (const path of ['role', `role/${UNKNOWN}`, 'accesses', 'resources']) {
          expect(outcome(await get(path, outsider))).toEqual(FORBIDDEN);
          expect(outcome(await server.api.get(`/api/admin/acl/${path}`))).toEqual(UNAUTHENTICATED);
        }
      }
      const viewer = await makeHolder(server, superuser, 'Roles viewer', [['ACL', 'VIEW']]);
      expect((await get('role', viewer)).status).toBe(200);
      expect((await server.api.get(ROLE, keyHeader(MASTER))).status).toBe(200);
    });
  });

  describe('GET /api/admin/acl/role/{id}', () => {
    it('shows one role', async () => {
      const id = await roleIdOf(server, manager, 'Full admin');
      expect(outcome(await get(`role/${id.toUpperCase()}`))).toEqual({
        status: 200,
        body: { ...FULL_ADMIN, id },
      });
    });

    it.each([UNKNOWN, 'nonsense', '%27%20OR%201=1'])('answers 404 for %s', async (id) => {
      expect(outcome(await get(`role/${id}`))).toEqual(NOT_FOUND);
    });
  });

  describe('GET /api/admin/acl/accesses and /resources', () => {
    it('tell what a permission is made of', async () => {
      expect(outcome(await get('accesses'))).toEqual({
        status: 200,
        body: {
          accesses: [
            { code: 'VIEW', name: 'View' },
            { code: 'MODIFY', name: 'Modify' },
          ],
          total: 2,
        },
      });
      expect(outcome(await get('resources'))).toEqual({
        status: 200,
        body: {
          resources: [
            { code: 'SEGMENT_EXPORT', name: 'Utilities' },
            { code: 'EARNING_RULE', name: 'Earning rules' },
            { code: 'LEVEL', name: 'Levels' },
            { code: 'TRANSACTION', name: 'Transactions' },
            { code: 'SELLER', name: 'Merchants' },
            { code: 'ADMIN', name: 'Admins' },
            { code: 'ACL', name: 'ACL' },
            { code: 'ANALYTICS', name: 'Dashboard' },
            { code: 'POS', name: 'POS' },
            { code: 'POINT_TRANSFER', name: 'Points transfers' },
            { code: 'SEGMENT', name: 'Segments' },
            { code: 'SETTINGS', name: 'Settings' },
            { code: 'CUSTOMER', name: 'Customers' },
            { code: 'REWARD_CAMPAIGN', name: 'Reward Campaign' },
            { code: 'AUDIT', name: 'Audit' },
          ],
          total: 15,
        },
      });
    });
  });

  describe('POST /api/admin/acl/role', () => {
    it('makes a free role, by form and by JSON; each permission is there once, in the order of the lists', async () => {
      const form = new URLSearchParams([
        ['role[name]', 'Shop'],
        ['role[permissions][0][resource]', 'CUSTOMER'],
        ['role[permissions][0][access]', 'MODIFY'],
        ['role[permissions][1][resource]', 'POS'],
        ['role[permissions][1][access]', 'VIEW'],
        ['role[permissions][2][resource]', 'CUSTOMER'],
        ['role[permissions][2][access]', 'MODIFY'],
      ]);
      expect(outcome(await create(form))).toEqual(DONE);
      expect(outcome(await create(roleForm('Nothing', [])))).toEqual(DONE);
      const shop = await roleIdOf(server, admin, 'Shop');
      expect(await show(shop)).toEqual(
        roleBody('Shop', [
          ['POS', 'VIEW'],
          ['CUSTOMER', 'MODIFY'],
        ]),
      );
      expect(await show(await roleIdOf(server, admin, 'Nothing'))).toEqual(roleBody('Nothing', []));
    });

    it.each([
      ['no form', {}, { name: [BLANK] }, []],
      ['a blank name', { role: { name: '  ' } }, { name: [BLANK] }, []],
      ['a long name', { role: { name: 'x'.repeat(151) } }, { name: ['This value is too long.'] }, []],
      ['an unknown resource', roleForm('x', [['NONSENSE', 'VIEW']]), { permissions: [INVALID] }, []],
      [
        'half a permission',
        { role: { name: 'x', permissions: [{ resource: 'POS' }] } },
        { permissions: [INVALID] },
        [],
      ],
      ['text for a list', { role: { name: 'x', permissions: 'POS' } }, { permissions: [INVALID] }, []],
      ['an extra field', { role: { name: 'x', role: 'ROLE_ADMIN' } }, {}, [EXTRA]],
      [
        'all at once',
        { role: { permissions: [null], master: 1 } },
        { name: [BLANK], permissions: [INVALID] },
        [EXTRA],
      ],
    ])('refuses %s and makes nothing', async (_, body, faults, errors) => {
      const { total } = (await get('role')).body as { total: number };
      expect(outcome(await create(body))).toEqual(refusal(ROLE_FIELDS, faults, errors));
      expect((await get('role')).body).toMatchObject({ total });
    });

    it('refuses a name that is taken, also of two at once', async () => {
      const answers = await Promise.all([1, 2].map(() => create(roleForm('Twin', []))));
      const taken = refusal(ROLE_FIELDS, { name: [TAKEN] });
      expect(answers.map(outcome)).toEqual(expect.arrayContaining([DONE, taken]));
      expect(outcome(await create(roleForm('Twin', [])))).toEqual(taken);
    });

    it('asks for the right to change roles before anything else', async () => {
      for (const outsider of [manager, ...outsiders]) {
        expect(outcome(await create({ role: { nonsense: 1 } }, outsider))).toEqual(FORBIDDEN);
        expect(outcome(await put(UNKNOWN, {}, outsider))).toEqual(FORBIDDEN);
        expect(outcome(await remove(UNKNOWN, outsider))).toEqual(FORBIDDEN);
      }
      expect(outcome(await server.api.post(ROLE, {}))).toEqual(UNAUTHENTICATED);
      expect(outcome(await server.api.send('PUT', `${ROLE}/${UNKNOWN}`, {}))).toEqual(UNAUTHENTICATED);
      expect(outcome(await server.api.send('DELETE', `${ROLE}/${UNKNOWN}`, undefined))).toEqual(
        UNAUTHENTICATED,
      );
    });
  });

  describe('PUT /api/admin/acl/role/{id}', () => {
    it('replaces name and permissions, all of them', async () => {
      const id = await makeRole(server, admin, 'Before', [
        ['POS', 'VIEW'],
        ['LEVEL', 'MODIFY'],
      ]);
      expect(outcome(await put(id.toUpperCase(), roleForm('After', [['AUDIT', 'VIEW']])))).toEqual(DONE);
      expect(await show(id)).toEqual(roleBody('After', [['AUDIT', 'VIEW']]));
      expect(outcome(await put(id, { role: { name: 'After' } }))).toEqual(DONE);
      expect(await show(id)).toEqual(roleBody('After', []));
    });

    it('refuses faults all together and changes nothing', async () => {
      const id = await makeRole(server, admin, 'Stays', [['POS', 'VIEW']]);
      const faulty = { role: { permissions: [{ resource: 'POS', access: 'DELETE' }], x: 1 } };
      expect(outcome(await put(id, faulty))).toEqual(
        refusal(ROLE_FIELDS, { name: [BLANK], permissions: [INVALID] }, [EXTRA]),
      );
      const other = await makeRole(server, admin, 'Other', []);
      expect(outcome(await put(other, roleForm('Stays', [])))).toEqual(
        refusal(ROLE_FIELDS, { name: [TAKEN] }),
      );
      expect(await show(id)).toEqual(roleBody('Stays', [['POS', 'VIEW']]));
      expect(outcome(await put(UNKNOWN, roleForm('New', [])))).toEqual(NOT_FOUND);
    });
  });

  describe('DELETE /api/admin/acl/role/{id}', () => {
    it('removes a free role, once', async () => {
      const id = await makeRole(server, admin, 'Short-lived', []);
      expect(outcome(await remove(id))).toEqual(DONE);
      expect(outcome(await get(`role/${id}`))).toEqual(NOT_FOUND);
      expect(outcome(await remove(id))).toEqual(NOT_FOUND);
    });
  });
});
