import { KEYS, makeKey, meBy, setLevel } from '../support/api-keys.js';
import { bearer, outcome } from '../support/api.js';
import { findPerson, mailsWrittenTo, signIn } from '../support/declared-people.js';
import { startTestGatehouse, type TestGatehouse } from '../support/gatehouse.js';
import {
  DATA,
  FORBIDDEN,
  hire,
  keyHeader,
  loginCheck,
  makeAdmin,
  makeHolder,
  makeRole,
  signInAt,
  type Member,
} from '../surfaces/open-loyalty/people.js';

const CHECK = '/api/customer/check?emailOrPhone=nobody@example.com';
const ROLES = '/api/admin/acl/role';
const FOUND_NOBODY = { status: 200, body: { total: 0 } };

/** Who holds a permanent key holds what it was made for: it neither takes its owner over nor grows with him. */
describe('a permanent key', () => {
  let server: TestGatehouse;
  let root: Member;
  let count = 0;

  beforeAll(async () => {
    server = await startTestGatehouse();
    root = await makeAdmin(server, 'superuser');
  });
  afterAll(() => server.stop());

  const newcomer = (level: Parameters<typeof makeAdmin>[1]) =>
    makeAdmin(server, level, { email: `${level}-${++count}@staff.example` });
  /** The same person with a session of the native API, which makes keys. */
  const withToken = async (person: Member) => ({ ...person, token: await signIn(server, person) });
  const put = (path: string, admin: object, headers: Record<string, string>) =>
    server.api.send('PUT', path, { admin }, headers);
  const usersBy = async (secret: string) =>
    (await server.api.get('/v1/users?limit=1', keyHeader(secret))).status;
  /** 204 for a key of an administrator or above, with somebody fresh to disable. */
  const disableBy = async (secret: string, victim: Member) =>
    (await server.api.post(`/v1/users/${victim.uid}/disable`, undefined, keyHeader(secret))).status;

  describe('is no session of its owner', () => {
    let owner: Member;
    let key: string;
    beforeAll(async () => {
      owner = await newcomer('superuser');
      key = (await makeKey(server, await withToken(owner), { level: 'member' })).secret;
    });
    afterEach(async () => {
      // He, his password, his sessions and his key are what they were.
      expect((await server.api.get(DATA, owner.headers)).body).toMatchObject({ email: owner.email });
      expect((await loginCheck(server, 'admin', owner.email, owner.password)).status).toBe(200);
      expect(await meBy(server, key)).toMatchObject({ status: 200, body: { id: owner.uid } });
      expect(await mailsWrittenTo(server, owner.email)).toEqual([]);
    });

    it('and cannot move his address to a mailbox of its holder', async () => {
      const email = 'thief@example.com';
      for (const path of [DATA, `${DATA}/${owner.uid}`]) {
        expect(outcome(await put(path, { email }, keyHeader(key)))).toEqual(FORBIDDEN);
      }
      await expect(findPerson(server, email)).rejects.toThrow('Nobody');
    });

    it('nor by a key that gives all that he may', async () => {
      const { secret } = await makeKey(server, await withToken(owner));
      for (const path of [DATA, `${DATA}/${owner.uid}`, `${DATA}/${owner.uid.toUpperCase()}`]) {
        expect(outcome(await put(path, { email: 'thief@example.com' }, keyHeader(secret)))).toEqual(
          FORBIDDEN,
        );
      }
    });

    it.each(['GET', 'POST'])('and cannot end his sessions by %s', async (method) => {
      const answer = await server.api.send(method, '/api/token/revoke', undefined, keyHeader(key));
      expect(outcome(answer)).toEqual(FORBIDDEN);
    });

    it('and cannot change his password, even knowing it', async () => {
      const change = { currentPassword: owner.password, plainPassword: 'the thief was here 1' };
      const answer = await server.api.post('/api/admin/password/change', change, keyHeader(key));
      expect(outcome(answer)).toEqual(FORBIDDEN);
    });
  });

  it('gives no right that its maker did not have, whatever its owner is given later', async () => {
    const maker = await makeHolder(server, root, 'Makers', [['ADMIN', 'MODIFY']]);
    const key = 'key-of-a-modest-maker';
    const owner = await hire(server, maker, { external: 1, apiKey: key, roles: [maker.roleId] });
    const more = await makeRole(server, root, 'More', [
      ['ADMIN', 'MODIFY'],
      ['CUSTOMER', 'MODIFY'],
      ['ACL', 'MODIFY'],
    ]);
    const promotion = { email: owner.email, isActive: 1, external: 1, roles: [more] };
    expect((await put(`${DATA}/${owner.uid}`, promotion, root.headers)).status).toBe(200);

    const own = await signInAt(server, 'admin', owner);
    expect(outcome(await server.api.get(CHECK, own))).toEqual(FOUND_NOBODY);
    expect((await server.api.get(ROLES, own)).status).toBe(200);
    expect(outcome(await server.api.get(CHECK, keyHeader(key)))).toEqual(FORBIDDEN);
    expect(outcome(await server.api.get(ROLES, keyHeader(key)))).toEqual(FORBIDDEN);
    expect((await server.api.get('/api/admin', keyHeader(key))).status).toBe(200);
  });

  it('makes no role beyond its maker’s rights, though its owner may', async () => {
    const maker = await makeHolder(server, root, 'Keepers', [
      ['ADMIN', 'MODIFY'],
      ['ACL', 'MODIFY'],
    ]);
    const key = 'key-of-a-keeper-of-roles';
    const owner = await hire(server, maker, { external: 1, apiKey: key, roles: [maker.roleId] });
    const more = await makeRole(server, root, 'Keepers of more', [
      ['ACL', 'MODIFY'],
      ['CUSTOMER', 'VIEW'],
    ]);
    const promotion = { email: owner.email, isActive: 1, external: 1, roles: [more] };
    expect((await put(`${DATA}/${owner.uid}`, promotion, root.headers)).status).toBe(200);
    const role = { name: 'Of the key', permissions: [{ resource: 'CUSTOMER', access: 'VIEW' }] };
    expect(outcome(await server.api.post(ROLES, { role }, keyHeader(key)))).toEqual(FORBIDDEN);
    const own = await signInAt(server, 'admin', owner);
    expect((await server.api.post(ROLES, { role }, own)).status).toBe(204);
  });

  it('made by a superuser for a manager stays a manager’s when he is promoted', async () => {
    const manager = await newcomer('manager');
    const made = await makeKey(server, await withToken(root), { ownerId: manager.uid });
    expect(made['level']).toBe('manager');
    await setLevel(server, manager, 'superuser');
    const victim = await newcomer('member');
    expect(await usersBy(made.secret)).toBe(200);
    expect(await disableBy(made.secret, victim)).toBe(403);
    const promoted = await signInAt(server, 'admin', manager);
    expect((await server.api.post(`/v1/users/${victim.uid}/disable`, undefined, promoted)).status).toBe(204);
  });

  it('rotated by an administrator gives no more than he may, though it and its owner stood higher', async () => {
    const [owner, admin] = [await newcomer('superuser'), await withToken(await newcomer('admin'))];
    const { id } = await makeKey(server, await withToken(owner));
    await setLevel(server, owner, 'member');
    const answer = await server.api.post(`${KEYS}/${id}/rotate`, {}, bearer(admin.token));
    expect(answer).toMatchObject({ status: 200, body: { id } });
    await setLevel(server, owner, 'superuser');
    const { secret } = answer.body as { secret: string };
    const [peer, victim] = [await newcomer('superuser'), await newcomer('member')];
    expect(await disableBy(secret, peer)).toBe(403);
    expect(await disableBy(secret, victim)).toBe(204);
    const { token } = await withToken(root);
    const { items } = (await server.api.get(`${KEYS}?ownerId=${owner.uid}`, bearer(token))).body;
    expect(items).toMatchObject([{ id, level: 'admin' }]);
  });
});
