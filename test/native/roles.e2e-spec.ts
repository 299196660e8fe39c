import { PERMISSIONS } from '../../src/common/permissions.js';
import { faultyFields, outcome, type Answer } from '../support/api.js';
import { keyHeader, problem } from '../support/api-keys.js';
import { makeCallers, statuses, type Callers } from '../support/callers.js';
import { startTestGatehouse, type TestGatehouse } from '../support/gatehouse.js';
import { makeAdmin, makeHolder, MASTER, ROLE, type Member } from '../surfaces/open-loyalty/people.js';

const ROLES = '/v1/roles';
const UNKNOWN = '49297d80-e924-479a-8fcc-27e15f7a12e7';
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

const CHANGED_SINCE = problem(412, 'precondition-failed');
const NAME_TAKEN = problem(409, 'role-name-taken');
const FORBIDDEN = problem(403, 'insufficient-rights');
const NOT_FOUND = problem(404, 'role-not-found');

describe('/v1/roles', () => {
  let server: TestGatehouse;
  let callers: Callers;
  let superuser: Member;
  let made = 0;

  beforeAll(async () => {
    server = await startTestGatehouse({ MASTER_API_KEY: MASTER });
    callers = await makeCallers(server);
    superuser = await makeAdmin(server, 'superuser');
  }, 60_000);
  afterAll(() => server.stop());

  const freshName = () => `Role ${(made += 1)}`;
  const get = (path = '', headers = callers.manager) => server.api.get(`${ROLES}${path}`, headers);
  const create = (body: unknown, headers: Record<string, string> = {}) =>
    server.api.post(ROLES, body, { ...callers.admin, ...headers });
  const edit = (id: string, body: unknown, headers: Record<string, string> = {}) =>
    server.api.patch(`${ROLES}/${id}`, body, { ...callers.admin, ...headers });
  const remove = (id: string, headers: Record<string, string> = {}) =>
    server.api.send('DELETE', `${ROLES}/${id}`, undefined, { ...callers.admin, ...headers });
  const makeOne = async (name = freshName(), permissions: readonly string[] = ['POS:VIEW']) => {
    const answer = await create({ name, permissions });
    expect(answer.status).toBe(201);
    return answer.body as { id: string; name: string };
  };
  const namesIn = ({ body }: Answer) => (body.items as { name: string }[]).map(({ name }) => name);

  describe('GET', () => {
    it('lists the built-in roles from the highest down, then the free ones', async () => {
      const mine = await makeOne();
      const { status, body } = await get('?limit=100');
      expect(status).toBe(200);
      expect(body.nextCursor).toBeNull();
      const items = body.items as { name: string; level: string; isBuiltIn: boolean }[];
      expect(items.slice(0, 3).map(({ name, level, isBuiltIn }) => [name, level, isBuiltIn])).toEqual([
        ['Super admin', 'superuser', true],
        ['Full admin', 'admin', true],
        ['Reporter admin', 'manager', true],
      ]);
      expect(items[0]).toMatchObject({ permissions: PERMISSIONS });
      expect(items).toContainEqual({
        id: mine.id,
        name: mine.name,
        isBuiltIn: false,
        level: 'member',
        permissions: ['POS:VIEW'],
      });
      expect(items.slice(3).every(({ isBuiltIn }) => !isBuiltIn)).toBe(true);
    });

    it.each([1, 2, 3, 4])('goes on where a page of %d ended', async (limit) => {
      for (let count = 0; count < 3; count++) await makeOne();
      const all = namesIn(await get('?limit=100'));
      const seen: string[] = [];
      for (let cursor = ''; ;) {
        const page = await get(`?limit=${limit}${cursor}`);
        expect(namesIn(page).length).toBeLessThanOrEqual(limit);
        seen.push(...namesIn(page));
        if (page.body.nextCursor === null) break;
        cursor = `&cursor=${page.body.nextCursor}`;
      }
      expect(seen).toEqual(all);
    });

    it('finds by the beginning of the name, in whatever case', async () => {
      for (const name of ['Ärztin', 'ÄRZTE %', 'Arzt', 'Super clerk']) await makeOne(name);
      expect(namesIn(await get(`?q=${encodeURIComponent('ärzt')}`))).toEqual(['Ärztin', 'ÄRZTE %']);
      expect(namesIn(await get('?q=SUPER'))).toEqual(['Super admin', 'Super clerk']);
      expect(namesIn(await get('?q=SUPER&limit=1'))).toEqual(['Super admin']);
      expect(namesIn(await get('?q=rzt'))).toEqual([]);
      expect(namesIn(await get('?q=%25'))).toEqual([]);
      expect(namesIn(await get('?q=_'))).toEqual([]);
    });

    it('says what is wrong with a query', async () => {
      const answer = await get(`?limit=101&cursor=x&q=${'x'.repeat(151)}`);
      expect(answer.status).toBe(400);
      expect(faultyFields(answer).sort()).toEqual(['cursor', 'limit', 'q']);
    });

    it('shows one role, and says nothing again to who has it already', async () => {
      const { id, name } = await makeOne();
      const answer = await get(`/${id.toUpperCase()}`);
      const body = { id, name, isBuiltIn: false, level: 'member', permissions: ['POS:VIEW'] };
      expect(outcome(answer)).toEqual({ status: 200, body });
      const etag = answer.headers.get('etag')!;
      const again = await get(`/${id}`, { ...callers.manager, 'if-none-match': etag });
      expect(outcome(again)).toEqual({ status: 304, body: '' });
    });

    it.each([UNKNOWN, 'nonsense', '%27%20OR%201=1'])('answers 404 for %s', async (id) => {
      expect(outcome(await get(`/${id}`))).toEqual(NOT_FOUND);
    });
  });

  describe('POST', () => {
    it('makes a role and tells where it is', async () => {
      const name = freshName();
      const answer = await create({
        name: `  ${name} `,
        permissions: ['SELLER:MODIFY', 'ACL:VIEW', 'ACL:VIEW'],
      });
      const { id } = answer.body as { id: string };
      expect(id).toMatch(UUID);
      expect(outcome(answer)).toEqual({
        status: 201,
        body: { id, name, isBuiltIn: false, level: 'member', permissions: ['SELLER:MODIFY', 'ACL:VIEW'] },
      });
      expect(answer.headers.get('location')).toBe(`${ROLES}/${id}`);
      const shown = await get(`/${id}`);
      expect(shown.body).toEqual(answer.body);
      expect(shown.headers.get('etag')).toBe(answer.headers.get('etag'));
    });

    it('drops what nobody may set', async () => {
      const fields = { id: UNKNOWN, isBuiltIn: true, isMaster: true, level: 'superuser' };
      const { body } = await create({ name: freshName(), permissions: [], ...fields });
      expect(body).toMatchObject({ isBuiltIn: false, level: 'member', permissions: [] });
      expect(body.id).not.toBe(UNKNOWN);
    });

    it('refuses a name that is taken, of a built-in role too', async () => {
      const { name } = await makeOne();
      expect(outcome(await create({ name, permissions: [] }))).toEqual(NAME_TAKEN);
      expect(outcome(await create({ name: 'full ADMIN', permissions: [] }))).toEqual(NAME_TAKEN);
    });

    it.each<[string, object, string[]]>([
      ['nothing', {}, ['name', 'permissions']],
      ['blanks', { name: ' ', permissions: null }, ['name', 'permissions']],
      ['too much', { name: 'x'.repeat(151), permissions: ['POS:EAT'] }, ['name', 'permissions']],
      ['a bell', { name: 'a\u0007b', permissions: [''] }, ['name', 'permissions']],
      ['other types', { name: 1, permissions: { 0: 'POS:VIEW' } }, ['name', 'permissions']],
    ])('tells every fault of %s', async (_name, body, fields) => {
      const answer = await create(body);
      expect(answer.status).toBe(400);
      expect(faultyFields(answer)).toEqual(fields);
    });

    it('makes one role for one key, however often it is asked', async () => {
      const body = { name: freshName(), permissions: ['POS:VIEW'] };
      const headers = { 'idempotency-key': 'a-role' };
      const [first, second] = await Promise.all([create(body, headers), create(body, headers)]);
      expect(first.status).toBe(201);
      expect(outcome(second)).toEqual(outcome(first));
      expect(outcome(await create(body, headers))).toEqual(outcome(first));
      expect(namesIn(await get(`?q=${encodeURIComponent(body.name)}`))).toEqual([body.name]);
      const other = await create({ ...body, name: freshName() }, headers);
      expect(outcome(other)).toEqual(problem(409, 'idempotency-key-reused'));
    });
  });

  describe('PATCH', () => {
    it('changes what is given and keeps the rest', async () => {
      const { id } = await makeOne();
      const name = freshName();
      expect((await edit(id, { name })).body).toMatchObject({ id, name, permissions: ['POS:VIEW'] });
      const answer = await edit(id.toUpperCase(), { permissions: ['ACL:VIEW'] });
      expect(answer.body).toMatchObject({ id, name, permissions: ['ACL:VIEW'] });
      const shown = await get(`/${id}`);
      expect(shown.body).toEqual(answer.body);
      expect(shown.headers.get('etag')).toBe(answer.headers.get('etag'));
      expect(namesIn(await get(`?q=${encodeURIComponent(name)}`))).toEqual([name]);
    });

    it('refuses what it cannot be', async () => {
      const { id, name } = await makeOne();
      const other = await makeOne();
      expect(outcome(await edit(id, { name: other.name }))).toEqual(NAME_TAKEN);
      expect(faultyFields(await edit(id, { name: null, permissions: null }))).toEqual([
        'name',
        'permissions',
      ]);
      expect((await get(`/${id}`)).body.name).toBe(name);
      expect(outcome(await edit(UNKNOWN, {}))).toEqual(NOT_FOUND);
    });

    it('leaves the built-in roles as they are', async () => {
      const { items } = (await get('?limit=3')).body as { items: { id: string; name: string }[] };
      for (const { id, name } of items) {
        const refused = problem(400, 'role-built-in', { master: name === 'Super admin' });
        expect(outcome(await edit(id, { permissions: [] }))).toEqual(refused);
        expect(outcome(await remove(id))).toEqual(refused);
      }
    });

    it('lets one of those pass who hold the same to be present', async () => {
      const { id } = await makeOne();
      for (let round = 0; round < 5; round++) {
        const etag = (await get(`/${id}`)).headers.get('etag')!;
        const answers = await Promise.all(
          [1, 2, 3].map(() => edit(id, { name: freshName() }, { 'if-match': etag })),
        );
        expect(answers.map(({ status }) => status).sort()).toEqual([200, 412, 412]);
        const winner = answers.find(({ status }) => status === 200)!;
        expect((await get(`/${id}`)).body).toEqual(winner.body);
      }
    });

    it('loses none of the edits that race without a condition', async () => {
      const { id } = await makeOne();
      const name = freshName();
      await Promise.all([edit(id, { name }), edit(id, { permissions: ['ACL:VIEW'] })]);
      expect((await get(`/${id}`)).body).toMatchObject({ name, permissions: ['ACL:VIEW'] });
    });

    it('takes a right away from the next request on, and gives it again', async () => {
      const clerk = await makeHolder(server, superuser, freshName(), [['ACL', 'VIEW']]);
      const look = async () => [
        (await server.api.get(ROLES, clerk.headers)).status,
        (await server.api.get(ROLE, clerk.headers)).status,
      ];
      for (let round = 0; round < 5; round++) {
        expect(await look()).toEqual([200, 200]);
        await edit(clerk.roleId, { permissions: ['POS:VIEW'] });
        expect(await look()).toEqual([403, 403]);
        await edit(clerk.roleId, { permissions: ['ACL:VIEW'] });
      }
      expect((await remove(clerk.roleId)).status).toBe(204);
      expect(await look()).toEqual([403, 403]);
    });
  });

  describe('DELETE', () => {
    it('removes a role that is still as the caller holds it to be', async () => {
      const { id } = await makeOne();
      const stale = (await get(`/${id}`)).headers.get('etag')!;
      const { headers } = await edit(id, { name: freshName() });
      expect(outcome(await remove(id, { 'if-match': stale }))).toEqual(CHANGED_SINCE);
      expect(outcome(await remove(id, { 'if-match': headers.get('etag')! }))).toEqual({
        status: 204,
        body: '',
      });
      expect(outcome(await remove(id))).toEqual(NOT_FOUND);
      expect(outcome(await get(`/${id}`))).toEqual(NOT_FOUND);
    });
  });

  describe('who may', () => {
    const NOBODY = { anonymous: 401, customer: 403, member: 403 };
    const EDITORS = { ...NOBODY, manager: 403 };

    it('look: who may view roles', async () => {
      const { id } = await makeOne();
      for (const path of ['', `/${id}`]) {
        expect(await statuses(callers, (headers) => get(path, headers))).toEqual({
          ...NOBODY,
          manager: 200,
          admin: 200,
          superuser: 200,
          key: 200,
          application: 200,
        });
      }
      expect((await server.api.get(ROLES, keyHeader(MASTER))).status).toBe(200);
    });

    it('write: who may modify roles, in a session of his own', async () => {
      const allowed = (status: number) => ({
        admin: status,
        superuser: status,
        key: 403,
        application: 403,
      });
      const created = await statuses(callers, (headers) =>
        server.api.post(ROLES, { name: freshName(), permissions: [] }, headers),
      );
      expect(created).toEqual({ ...EDITORS, ...allowed(201) });
      const byMaster = await server.api.post(
        ROLES,
        { name: freshName(), permissions: ['ADMIN:MODIFY'] },
        keyHeader(MASTER),
      );
      expect(byMaster.status).toBe(201);
      const { id } = await makeOne();
      const edited = await statuses(callers, (headers) =>
        server.api.patch(`${ROLES}/${id}`, { permissions: [] }, headers),
      );
      expect(edited).toEqual({ ...EDITORS, ...allowed(200) });
      const removed = await statuses(callers, async (headers) =>
        server.api.send('DELETE', `${ROLES}/${(await makeOne()).id}`, undefined, headers),
      );
      expect(removed).toEqual({ ...EDITORS, ...allowed(204) });
    });

    it('not what he does not have himself', async () => {
      const clerk = await makeHolder(server, superuser, freshName(), [
        ['ACL', 'MODIFY'],
        ['POS', 'VIEW'],
      ]);
      const higher = await makeOne(freshName(), ['POS:VIEW', 'ADMIN:VIEW']);
      const mine = await makeOne(freshName(), ['POS:VIEW']);
      const raised = { name: freshName(), permissions: ['POS:MODIFY'] };
      expect(outcome(await create(raised, clerk.headers))).toEqual(FORBIDDEN);
      expect(outcome(await edit(mine.id, raised, clerk.headers))).toEqual(FORBIDDEN);
      expect(outcome(await edit(higher.id, { permissions: [] }, clerk.headers))).toEqual(FORBIDDEN);
      expect(outcome(await edit(clerk.roleId, raised, clerk.headers))).toEqual(FORBIDDEN);
      expect(outcome(await remove(higher.id, clerk.headers))).toEqual(FORBIDDEN);
      expect((await edit(mine.id, { permissions: ['ACL:VIEW'] }, clerk.headers)).status).toBe(200);
    });
  });
});
