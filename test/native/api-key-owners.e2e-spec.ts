import { Reader } from '../../src/database/db.js';
import { sql } from '../../src/database/sql.js';
import {
  KEYS,
  makeKey,
  makeSignedIn,
  meBy,
  problem,
  type KeyFields,
  type SignedIn,
} from '../support/api-keys.js';
import { bearer, outcome } from '../support/api.js';
import { startTestGatehouse, type TestGatehouse } from '../support/gatehouse.js';

const FORBIDDEN = problem(403, 'insufficient-rights');
const NOT_FOUND = problem(404, 'api-key-not-found');
const NOBODY = '00000000-0000-4000-8000-000000000000';

/** Who may see, make and end whose keys: each his own, administrators those of users below them. */
describe('keys and their owners', () => {
  let server: TestGatehouse;
  let root: SignedIn;
  let peer: SignedIn;
  let admin: SignedIn;
  let manager: SignedIn;
  let member: SignedIn;
  let other: SignedIn;

  beforeAll(async () => {
    server = await startTestGatehouse();
    const join = (name: string, fields = {}) =>
      makeSignedIn(server, { email: `${name}@example.org`, ...fields });
    root = await join('root', { type: 'admin', level: 'superuser' });
    peer = await join('peer', { type: 'admin', level: 'superuser' });
    admin = await join('admin', { type: 'admin', level: 'admin' });
    manager = await join('manager', { level: 'manager' });
    member = await join('member');
    other = await join('other');
  });
  afterAll(() => server.stop());

  const createBy = async ({ token }: SignedIn, fields: KeyFields) =>
    outcome(await server.api.post(KEYS, { name: 'key', ...fields }, bearer(token)));
  const rotateBy = async ({ token }: SignedIn, id: string) =>
    outcome(await server.api.post(`${KEYS}/${id}/rotate`, {}, bearer(token)));
  const revokeBy = async ({ token }: SignedIn, id: string) =>
    outcome(await server.api.send('DELETE', `${KEYS}/${id}`, undefined, bearer(token)));
  const listBy = async ({ token }: SignedIn, query = '') =>
    outcome(await server.api.get(`${KEYS}${query}`, bearer(token)));
  const idsBy = async (person: SignedIn, query = '') =>
    ((await listBy(person, query)).body as { items: { id: string }[] }).items.map(({ id }) => id);
  const grants = async () => (await server.get(Reader).query(sql`SELECT id FROM grants`)).length;

  it('shows everybody his own, administrators also those of one user or of all', async () => {
    const [its, others] = [await makeKey(server, member), await makeKey(server, other)];
    expect(await idsBy(member)).toEqual([its.id]);
    expect(await idsBy(member, `?ownerId=${member.uid}`)).toEqual([its.id]);
    expect(await idsBy(member, `?ownerId=${member.uid.toUpperCase()}`)).toEqual([its.id]);
    expect(await idsBy(admin)).toEqual([]);
    expect(await idsBy(admin, `?ownerId=${other.uid}`)).toEqual([others.id]);
    expect(await idsBy(admin, '?ownerId=all')).toEqual([its.id, others.id]);
    expect(await idsBy(admin, '?ownerId=all&limit=1')).toEqual([its.id]);
    expect(await idsBy(root, `?ownerId=${NOBODY}`)).toEqual([]);
    const { secret: _secret, ...view } = its;
    expect(await listBy(admin, `?ownerId=${member.uid}`)).toEqual({
      status: 200,
      body: { items: [view], nextCursor: null },
    });
  });

  it('shows nobody else a list, whether or not there is such a user', async () => {
    for (const person of [member, manager]) {
      for (const ownerId of ['all', other.uid, NOBODY]) {
        expect(await listBy(person, `?ownerId=${ownerId}`)).toEqual(FORBIDDEN);
      }
    }
  });

  it('tells nobody else whether there is such a key', async () => {
    const key = await makeKey(server, other);
    for (const person of [member, manager]) {
      for (const id of [key.id, NOBODY]) {
        expect(await rotateBy(person, id)).toEqual(NOT_FOUND);
        expect(await revokeBy(person, id)).toEqual(NOT_FOUND);
      }
    }
    expect((await meBy(server, key.secret)).status).toBe(200);
  });

  it('makes a key for another one only for an administrator above him', async () => {
    const before = await grants();
    for (const [person, owner] of [
      [member, other.uid],
      [manager, member.uid],
      [member, NOBODY],
      [manager, NOBODY],
      [admin, root.uid],
      [root, peer.uid],
    ] as const) {
      // What is wrong with the rest is not told to who may not (contract 3.5).
      for (const fields of [{}, { level: 'superuser', secret: 'short' }] as KeyFields[]) {
        expect(await createBy(person, { ownerId: owner, ...fields })).toEqual(FORBIDDEN);
      }
    }
    expect(await createBy(admin, { ownerId: NOBODY })).toEqual(problem(404, 'user-not-found'));
    expect(await grants()).toBe(before);
  });

  it('opens the door as its owner, not as its maker', async () => {
    const key = await makeKey(server, admin, { ownerId: member.uid });
    expect(key).toMatchObject({ ownerId: member.uid, createdBy: admin.uid, level: 'member' });
    expect((await meBy(server, key.secret)).body).toMatchObject({ id: member.uid, level: 'member' });
    expect(await idsBy(member)).toContain(key.id);
    expect(await idsBy(admin)).not.toContain(key.id);
    expect((await revokeBy(member, key.id)).status).toBe(204);
  });

  it('rotates and ends a key of a lower user for an administrator', async () => {
    const key = await makeKey(server, member);
    const rotated = await rotateBy(admin, key.id);
    expect(rotated).toMatchObject({ status: 200, body: { id: key.id, createdBy: member.uid } });
    expect((await meBy(server, key.secret)).status).toBe(401);
    const { secret } = rotated.body as { secret: string };
    expect((await meBy(server, secret)).body).toMatchObject({ id: member.uid });
    expect(await revokeBy(admin, key.id)).toEqual({ status: 204, body: '' });
    expect((await meBy(server, secret)).status).toBe(401);
  });

  it('leaves the keys of equal and higher users alone', async () => {
    const [ofRoot, ofPeer] = [await makeKey(server, root), await makeKey(server, peer)];
    for (const [person, key] of [
      [admin, ofRoot],
      [root, ofPeer],
    ] as const) {
      expect(await rotateBy(person, key.id)).toEqual(FORBIDDEN);
      expect(await revokeBy(person, key.id)).toEqual(FORBIDDEN);
      expect((await meBy(server, key.secret)).status).toBe(200);
    }
  });

  it.each(['POST', 'GET'])('%s is refused without a credential', async (method) => {
    const answer = await server.api.send(method, KEYS, method === 'POST' ? { name: 'n' } : undefined);
    expect(outcome(answer)).toEqual(problem(401, 'credential-missing'));
  });
});
