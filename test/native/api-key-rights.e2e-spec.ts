import { MINUTE, SECOND } from '../../src/common/clock.js';
import {
  KEY_REFUSED,
  keyHeader,
  KEYS,
  makeKey,
  makeSignedIn,
  meBy,
  problem,
  setLevel,
  type MadeKey,
  type SignedIn,
} from '../support/api-keys.js';
import { bearer, outcome, tokenHeader } from '../support/api.js';
import { signIn, type PersonFields } from '../support/declared-people.js';
import { startTestGatehouse, type TestGatehouse } from '../support/gatehouse.js';

const MASTER = 'the-master-key-of-these-tests-0123456789';
const FORBIDDEN = problem(403, 'insufficient-rights');
const TOO_HIGH = problem(403, 'api-key-level-too-high');
const STALE = problem(403, 'reauthentication-required');

/** What a key may do at the moment in which it is shown, and what none ever may. */
describe('the rights of a key', () => {
  let server: TestGatehouse;
  let root: SignedIn;
  let people = 0;

  beforeAll(async () => {
    server = await startTestGatehouse({ MASTER_API_KEY: MASTER });
    root = await newcomer({ type: 'admin', level: 'superuser' });
  });
  afterAll(() => server.stop());

  const newcomer = (fields: Partial<PersonFields> = {}) =>
    makeSignedIn(server, { email: `person-${++people}@example.org`, ...fields });
  const statusOf = async ({ secret }: MadeKey) => (await meBy(server, secret)).status;
  /** 200 for a key of a manager or above. */
  const usersBy = async ({ secret }: MadeKey) =>
    (await server.api.get('/v1/users?limit=1', keyHeader(secret))).status;
  const create = async ({ token }: SignedIn, fields: object = {}) =>
    outcome(await server.api.post(KEYS, { name: 'key', ...fields }, bearer(token)));
  const act = (action: 'disable' | 'enable', { uid }: SignedIn) =>
    server.api.post(`/v1/users/${uid}/${action}`, undefined, bearer(root.token));
  const levelOf = async ({ token }: SignedIn, { id }: MadeKey) => {
    const { items } = (await server.api.get(KEYS, bearer(token))).body;
    return (items as { id: string; level: string }[]).find((item) => item.id === id)?.level;
  };

  describe('by level', () => {
    it('are those of its own level where its owner stands higher', async () => {
      const admin = await newcomer({ type: 'admin', level: 'admin' });
      const [low, high] = [await makeKey(server, admin, { level: 'member' }), await makeKey(server, admin)];
      expect([low['level'], high['level']]).toEqual(['member', 'admin']);
      expect([await usersBy(low), await usersBy(high)]).toEqual([403, 200]);
      const { uid } = await newcomer();
      const disable = ({ secret }: MadeKey) =>
        server.api.post(`/v1/users/${uid}/disable`, undefined, keyHeader(secret));
      expect(outcome(await disable(low))).toEqual(FORBIDDEN);
      expect((await disable(high)).status).toBe(204);
    });

    it('sink with the owner on the next request, and rise again no higher than the key', async () => {
      const person = await newcomer({ level: 'manager' });
      const key = await makeKey(server, person);
      expect(await usersBy(key)).toBe(200);
      await setLevel(server, person, 'member');
      expect(await usersBy(key)).toBe(403);
      expect(await levelOf(person, key)).toBe('member');
      await setLevel(server, person, 'admin');
      expect(await usersBy(key)).toBe(200);
      expect(await levelOf(person, key)).toBe('manager');
    });

    it('do not rise with an owner who made the key when he stood lower', async () => {
      const person = await newcomer();
      const key = await makeKey(server, person);
      await setLevel(server, person, 'superuser');
      expect(await usersBy(key)).toBe(403);
      expect(await levelOf(person, key)).toBe('member');
      const { secret } = (await server.api.post(`${KEYS}/${key.id}/rotate`, undefined, bearer(person.token)))
        .body;
      expect(await usersBy({ ...key, secret })).toBe(403);
    });

    it('never reach above the maker, nor above the owner', async () => {
      const [admin, member] = [await newcomer({ type: 'admin', level: 'admin' }), await newcomer()];
      expect(await create(admin, { level: 'superuser' })).toEqual(TOO_HIGH);
      expect(await create(member, { level: 'manager' })).toEqual(TOO_HIGH);
      expect(await create(admin, { ownerId: member.uid, level: 'manager' })).toEqual(TOO_HIGH);
      const key = await makeKey(server, admin, { ownerId: member.uid });
      await setLevel(server, member, 'superuser');
      expect(await levelOf(member, key)).not.toBe('superuser');
      expect(
        (await server.api.post(`/v1/users/${admin.uid}/disable`, undefined, keyHeader(key.secret))).status,
      ).toBe(403);
    });
  });

  it('never hold the handling of keys, not even of its own', async () => {
    const key = await makeKey(server, root);
    const other = await makeKey(server, root);
    for (const [method, path, body] of [
      ['GET', KEYS],
      ['GET', `${KEYS}?ownerId=all`],
      ['POST', KEYS, { name: 'key of a key' }],
      ['POST', KEYS, {}],
      ['POST', `${KEYS}/${key.id}/rotate`, {}],
      ['POST', `${KEYS}/${other.id}/rotate`, {}],
      ['DELETE', `${KEYS}/${key.id}`],
      ['DELETE', `${KEYS}/${other.id}`],
      ['DELETE', `${KEYS}/no-id`],
    ] as const) {
      const answer = await server.api.send(method, path, body, keyHeader(key.secret));
      expect([method, path, outcome(answer)]).toEqual([method, path, FORBIDDEN]);
    }
    expect([await statusOf(key), await statusOf(other)]).toEqual([200, 200]);
  });

  it('are handled by a session for 15 minutes after the sign-in, then only listed', async () => {
    const person = await newcomer();
    const key = await makeKey(server, person);
    const handle = async () => [
      await create(person),
      outcome(
        await server.api.post(`${KEYS}/${key.id}/rotate`, { overlapSeconds: 60 }, bearer(person.token)),
      ),
      outcome(await server.api.send('DELETE', `${KEYS}/no-id`, undefined, bearer(person.token))),
    ];
    server.clock.advance(15 * MINUTE - 10 * SECOND);
    expect((await handle()).map(({ status }) => status)).toEqual([201, 200, 404]);
    server.clock.advance(10 * SECOND);
    expect(await handle()).toEqual([STALE, STALE, STALE]);
    expect((await server.api.get(KEYS, bearer(person.token))).status).toBe(200);
    const fresh = { ...person, token: await signIn(server, person) };
    expect((await create(fresh)).status).toBe(201);
    root = { ...root, token: await signIn(server, root) };
  });

  describe('end', () => {
    it('with the owner who is disabled, and do not come back with him', async () => {
      const person = await newcomer();
      const secret = 'chosen-before-the-block';
      const [chosen, generated] = [await makeKey(server, person, { secret }), await makeKey(server, person)];
      expect([await statusOf(chosen), await statusOf(generated)]).toEqual([200, 200]);
      expect((await act('disable', person)).status).toBe(204);
      for (const key of [chosen, generated]) {
        expect(outcome(await meBy(server, key.secret))).toEqual(KEY_REFUSED);
      }
      expect((await act('enable', person)).status).toBe(204);
      for (const key of [chosen, generated]) {
        expect(outcome(await meBy(server, key.secret))).toEqual(KEY_REFUSED);
      }
      const again = { ...person, token: await signIn(server, person) };
      expect((await server.api.get(KEYS, bearer(again.token))).body.items).toEqual([]);
      expect(await statusOf(await makeKey(server, again, { secret }))).toBe(200);
    });

    it('with the password under which the key was made', async () => {
      const person = await newcomer();
      const key = await makeKey(server, person);
      expect(await statusOf(key)).toBe(200);
      const password = 'another horse 2';
      const changed = await server.api.post(
        '/api/v1.1/auth/change-password/',
        { email: person.email, password1: password, password2: password },
        tokenHeader(person.token),
      );
      expect(changed.status).toBe(200);
      expect(outcome(await meBy(server, key.secret))).toEqual(KEY_REFUSED);
      const own = bearer(changed.body.token as string);
      expect((await server.api.get(KEYS, own)).body.items).toEqual([]);
      const gone = problem(404, 'api-key-not-found');
      expect(outcome(await server.api.post(`${KEYS}/${key.id}/rotate`, {}, own))).toEqual(gone);
    });

    it('not with the session that made it', async () => {
      const person = await newcomer();
      const key = await makeKey(server, person);
      server.clock.advance(2 * 86_400 * SECOND);
      expect((await server.api.get('/v1/me', bearer(person.token))).status).toBe(401);
      expect(await statusOf(key)).toBe(200);
      root = { ...root, token: await signIn(server, root) };
    });
  });

  describe('of the master key', () => {
    it('are none of a user: the native API refuses it', async () => {
      for (const [method, path] of [
        ['GET', '/v1/me'],
        ['GET', KEYS],
        ['POST', KEYS],
        ['DELETE', `${KEYS}/no-id`],
      ] as const) {
        const body = method === 'POST' ? { name: 'n' } : undefined;
        expect(outcome(await server.api.send(method, path, body, keyHeader(MASTER)))).toEqual(FORBIDDEN);
      }
      expect(outcome(await meBy(server, `${MASTER}0`))).toEqual(KEY_REFUSED);
      expect((await meBy(server, '', bearer(MASTER))).status).toBe(401);
    });

    it('are nobody’s to choose', async () => {
      const taken = problem(400, 'api-key-secret-refused', { fault: 'taken' });
      expect(await create(root, { secret: MASTER })).toEqual(taken);
      const key = await makeKey(server, root);
      const rotated = await server.api.post(
        `${KEYS}/${key.id}/rotate`,
        { secret: MASTER },
        bearer(root.token),
      );
      expect(outcome(rotated)).toEqual(taken);
      expect(await statusOf(key)).toBe(200);
    });
  });
});
