import { MINUTE } from '../../src/common/clock.js';
import { faultyFields, outcome, type Answer } from '../support/api.js';
import { problem } from '../support/api-keys.js';
import { makeCallers, statuses, type Callers } from '../support/callers.js';
import { startTestGatehouse, type TestGatehouse } from '../support/gatehouse.js';
import { CITY_APP, declareClient } from '../support/oauth-clients.js';

const CLIENTS = '/v1/clients';
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const SECRET = /^ghc_[\w-]{43}$/;
const INSTANT = expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/) as string;

const CHANGED_SINCE = problem(412, 'precondition-failed');
const NOT_FOUND = problem(404, 'client-not-found');
const ID_TAKEN = problem(409, 'client-id-taken');
const DONE = { status: 204, body: '' };

describe('/v1/clients', () => {
  let server: TestGatehouse;
  let callers: Callers;
  let made = 0;

  beforeAll(async () => {
    server = await startTestGatehouse();
    callers = await makeCallers(server);
  }, 60_000);
  afterAll(() => server.stop());

  const freshId = () => `app-${(made += 1)}`;
  const get = (path = '', headers: Record<string, string> = {}) =>
    server.api.get(`${CLIENTS}${path}`, { ...callers.admin, ...headers });
  const create = (body: unknown, headers: Record<string, string> = {}) =>
    server.api.post(CLIENTS, body, { ...callers.admin, ...headers });
  const edit = (id: string, body: unknown, headers: Record<string, string> = {}) =>
    server.api.patch(`${CLIENTS}/${id}`, body, { ...callers.admin, ...headers });
  const remove = (id: string, headers: Record<string, string> = {}) =>
    server.api.send('DELETE', `${CLIENTS}/${id}`, undefined, { ...callers.admin, ...headers });
  const addSecret = (id: string, headers: Record<string, string> = {}) =>
    server.api.post(`${CLIENTS}/${id}/secrets`, undefined, { ...callers.admin, ...headers });
  const removeSecret = (id: string, secretId: string, headers: Record<string, string> = {}) =>
    server.api.send('DELETE', `${CLIENTS}/${id}/secrets/${secretId}`, undefined, {
      ...callers.admin,
      ...headers,
    });
  const makeOne = async (id = freshId()) => {
    const answer = await create({ id });
    expect(answer.status).toBe(201);
    return id;
  };
  const tagOf = async (id: string) => (await get(`/${id}`)).headers.get('etag')!;
  const idsIn = ({ body }: Answer) => (body.items as { id: string }[]).map(({ id }) => id);

  describe('POST', () => {
    it('makes a client and shows its secret this once', async () => {
      const id = freshId();
      const answer = await create({ id, grants: ['password'], scopes: ['venue', 'profile'] });
      const { secret } = answer.body as { secret: string };
      const view = {
        id,
        state: 'active',
        grants: ['password'],
        scopes: ['venue', 'profile'],
        secrets: [{ id: expect.stringMatching(UUID) as string, hint: secret.slice(-4), createdAt: INSTANT }],
        createdAt: INSTANT,
        updatedAt: INSTANT,
      };
      expect(secret).toMatch(SECRET);
      expect(outcome(answer)).toEqual({ status: 201, body: { ...view, secret } });
      expect(answer.headers.get('cache-control')).toBe('no-store');
      expect(answer.headers.get('location')).toBe(`${CLIENTS}/${id}`);
      expect(outcome(await get(`/${id}`))).toEqual({ status: 200, body: view });
      expect((await create({ id: freshId() })).body.secret).not.toBe(secret);
    });

    it('gives nothing that was not asked for, and drops what nobody may set', async () => {
      const fields = { state: 'disabled', secret: 'chosen by myself 123', grantEpoch: 7, secrets: [] };
      const { body } = await create({ id: freshId(), ...fields });
      expect(body).toMatchObject({ state: 'active', grants: [], scopes: [] });
      expect(body.secret).toMatch(SECRET);
      expect(body.secrets).toHaveLength(1);
    });

    it.each(['a', 'Z9', 'x.y_z-0', 'x'.repeat(128)])('takes the id %s', async (id) => {
      expect((await create({ id })).status).toBe(201);
    });

    it.each<[string, object, string[]]>([
      ['nothing', {}, ['id']],
      ['no id', { id: '' }, ['id']],
      ['an id that begins with a dot', { id: '.x' }, ['id']],
      ['an id with a colon', { id: 'a:b' }, ['id']],
      ['an id that is too long', { id: 'x'.repeat(129) }, ['id']],
      ['an id with a line feed', { id: 'x\n' }, ['id']],
      ['other types', { id: 1, grants: 'password', scopes: {} }, ['id', 'grants', 'scopes']],
      [
        'what is only ever granted',
        { id: 'x1', grants: ['implicit'], scopes: ['admin'] },
        ['grants', 'scopes'],
      ],
      ['repetitions', { id: 'x1', grants: ['password', 'password'], scopes: null }, ['grants', 'scopes']],
    ])('tells every fault of %s', async (_name, body, fields) => {
      const answer = await create(body);
      expect(answer.status).toBe(400);
      expect(faultyFields(answer).sort()).toEqual([...fields].sort());
    });

    it('refuses an id that is taken; of requests that race one makes it', async () => {
      const id = freshId();
      const answers = await Promise.all([1, 2, 3].map(() => create({ id })));
      expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409]);
      expect(outcome(await create({ id }))).toEqual(ID_TAKEN);
      expect((await get(`/${id}`)).body.secrets).toHaveLength(1);
      expect(outcome(await create({ id: CITY_APP.name }))).toEqual(ID_TAKEN);
    });

    it('never shows a secret again to who repeats himself', async () => {
      const body = { id: freshId(), grants: ['password'] };
      const headers = { 'idempotency-key': 'one-client' };
      expect((await create(body, headers)).status).toBe(201);
      const repeated = problem(409, 'already-created', { id: body.id });
      expect(outcome(await create(body, headers))).toEqual(repeated);
      expect(outcome(await create({ ...body, id: freshId() }, headers))).toEqual(
        problem(409, 'idempotency-key-reused'),
      );
    });
  });

  describe('GET', () => {
    it('lists by ids, by pages', async () => {
      for (const id of ['paged', 'PAGED-b', 'Paged', 'paged-A']) await makeOne(id);
      const all = idsIn(await get('?limit=100'));
      expect(all).toContain(CITY_APP.name);
      expect(new Set(idsIn(await get('?q=paged')).slice(0, 2))).toEqual(new Set(['Paged', 'paged']));
      expect(idsIn(await get('?q=PAGED-'))).toEqual(['paged-A', 'PAGED-b']);
      expect(idsIn(await get('?q=PAGED-&cursor=paged-A'))).toEqual(['PAGED-b']);
      expect(idsIn(await get('?q=PAGED-&cursor=a'))).toEqual(['paged-A', 'PAGED-b']);
      expect(idsIn(await get('?q=PAGED-&cursor=q'))).toEqual([]);
      const seen: string[] = [];
      for (let cursor = ''; ;) {
        const page = await get(`?limit=3${cursor}`);
        seen.push(...idsIn(page));
        if (page.body.nextCursor === null) break;
        cursor = `&cursor=${page.body.nextCursor}`;
      }
      expect(seen).toEqual(all);
      expect(new Set(seen).size).toBe(seen.length);
    });

    it('finds by the beginning of the id, in whatever case, and by state', async () => {
      for (const id of ['Zebra-1', 'zebra_2', 'zeb', 'a-zebra']) await makeOne(id);
      await edit('zebra_2', { state: 'disabled' });
      expect(idsIn(await get('?q=ZEBRA'))).toEqual(['Zebra-1', 'zebra_2']);
      expect(idsIn(await get('?q=zebra&state=disabled'))).toEqual(['zebra_2']);
      expect(idsIn(await get('?q=zebra&state=active'))).toEqual(['Zebra-1']);
      for (const none of ['ebra', '%25', '_', 'zebraz']) expect(idsIn(await get(`?q=${none}`))).toEqual([]);
    });

    it('says what is wrong with a query', async () => {
      const answer = await get(`?limit=0&state=deleted&q=${'x'.repeat(129)}&cursor=${'x'.repeat(129)}`);
      expect(answer.status).toBe(400);
      expect(faultyFields(answer).sort()).toEqual(['cursor', 'limit', 'q', 'state']);
    });

    it('says nothing again to who has it already', async () => {
      const id = await makeOne();
      expect(outcome(await get(`/${id}`, { 'if-none-match': await tagOf(id) }))).toEqual({
        status: 304,
        body: '',
      });
    });

    it.each(['unknown', '%27%20OR%201=1', '%F0%9F%98%80'])('answers 404 for %s', async (id) => {
      expect(outcome(await get(`/${id}`))).toEqual(NOT_FOUND);
    });
  });

  describe('PATCH', () => {
    it('changes what is given and keeps the rest', async () => {
      const id = await makeOne();
      await edit(id, { grants: ['password'], scopes: ['profile'] });
      server.clock.advance(1_000);
      const answer = await edit(id, { scopes: ['venue'], state: 'disabled' });
      expect(answer.body).toMatchObject({ grants: ['password'], scopes: ['venue'], state: 'disabled' });
      const shown = await get(`/${id}`);
      expect(shown.body).toEqual(answer.body);
      expect(shown.headers.get('etag')).toBe(answer.headers.get('etag'));
      expect(answer.body.updatedAt > answer.body.createdAt).toBe(true);
      expect((await edit(id, { state: 'active', grants: [] })).body).toMatchObject({
        grants: [],
        scopes: ['venue'],
        state: 'active',
      });
    });

    it('drops what nobody may set', async () => {
      const id = await makeOne();
      const before = (await get(`/${id}`)).body as object;
      const answer = await edit(id, { id: 'other', secret: 'x', secrets: [], grantEpoch: 9, createdAt: 0 });
      expect(outcome(answer)).toEqual({ status: 200, body: before });
    });

    it('tells every fault', async () => {
      const id = await makeOne();
      const answer = await edit(id, { grants: null, scopes: ['city'], state: 'deleted' });
      expect(answer.status).toBe(400);
      expect(faultyFields(answer).sort()).toEqual(['grants', 'scopes', 'state']);
      expect(outcome(await edit('unknown', {}))).toEqual(NOT_FOUND);
    });

    it('lets one of those pass who hold the same to be present', async () => {
      const id = await makeOne();
      for (const [one, other] of [
        ['profile', 'venue'],
        ['performer', 'profile'],
        ['venue', 'performer'],
      ]) {
        const before = await tagOf(id);
        const answers = await Promise.all(
          [one, other].map((scope) => edit(id, { scopes: [scope] }, { 'if-match': before })),
        );
        expect(answers.map(({ status }) => status).sort()).toEqual([200, 412]);
        const winner = answers.find(({ status }) => status === 200)!;
        expect((await get(`/${id}`)).body).toEqual(winner.body);
        expect(outcome(await edit(id, {}, { 'if-match': before }))).toEqual(CHANGED_SINCE);
      }
    });

    it('keeps an edit of a declared client until the manifest’s value changes', async () => {
      const declared = { name: 'kept-in-step', scopes: ['profile'] };
      await declareClient(server, declared);
      await edit(declared.name, { scopes: ['venue'] });
      await declareClient(server, declared);
      expect((await get(`/${declared.name}`)).body.scopes).toEqual(['venue']);
      await declareClient(server, { ...declared, scopes: ['performer'] });
      expect((await get(`/${declared.name}`)).body.scopes).toEqual(['performer']);
    });
  });

  describe('secrets', () => {
    it('stand side by side, two at most', async () => {
      const id = await makeOne();
      const answer = await addSecret(id);
      const { secret, ...listed } = answer.body as { secret: string; id: string };
      expect(outcome(answer)).toEqual({
        status: 201,
        body: {
          id: expect.stringMatching(UUID) as string,
          hint: secret.slice(-4),
          createdAt: INSTANT,
          secret,
        },
      });
      expect(secret).toMatch(SECRET);
      expect(answer.headers.get('cache-control')).toBe('no-store');
      const { body } = await get(`/${id}`);
      expect(body.secrets).toHaveLength(2);
      expect(body.secrets[1]).toEqual(listed);
      expect(outcome(await addSecret(id))).toEqual(problem(409, 'client-secrets-full'));
      expect(outcome(await removeSecret(id, body.secrets[0].id as string))).toEqual(DONE);
      expect((await get(`/${id}`)).body.secrets).toEqual([listed]);
      expect((await addSecret(id)).status).toBe(201);
    });

    it('are two at most for requests that race', async () => {
      const id = await makeOne();
      const answers = await Promise.all([1, 2, 3, 4].map(() => addSecret(id)));
      expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409, 409]);
      expect((await get(`/${id}`)).body.secrets).toHaveLength(2);
    });

    it('are not shown again to who repeats himself, and each client has its own', async () => {
      const [one, other] = [await makeOne(), await makeOne()];
      const headers = { 'idempotency-key': 'one-secret' };
      const { body } = await addSecret(one, headers);
      expect(outcome(await addSecret(one, headers))).toEqual(
        problem(409, 'already-created', { id: body.id }),
      );
      expect(outcome(await addSecret(other, headers))).toEqual(problem(409, 'idempotency-key-reused'));
      expect((await get(`/${other}`)).body.secrets).toHaveLength(1);
    });

    it('are of their client and go once', async () => {
      const [one, other] = [await makeOne(), await makeOne()];
      const [{ id: secretId }] = (await get(`/${one}`)).body.secrets as [{ id: string }];
      const unknown = problem(404, 'client-secret-not-found');
      expect(outcome(await removeSecret(other, secretId))).toEqual(unknown);
      expect(outcome(await removeSecret('unknown', secretId))).toEqual(NOT_FOUND);
      const stale = await tagOf(one);
      await edit(one, { scopes: ['venue'] });
      expect(outcome(await removeSecret(one, secretId, { 'if-match': stale }))).toEqual(CHANGED_SINCE);
      expect(outcome(await addSecret(one, { 'if-match': stale }))).toEqual(CHANGED_SINCE);
      expect(outcome(await removeSecret(one, secretId.toUpperCase()))).toEqual(DONE);
      expect(outcome(await removeSecret(one, secretId))).toEqual(unknown);
      expect((await get(`/${one}`)).body.secrets).toEqual([]);
      expect(outcome(await addSecret('unknown'))).toEqual(NOT_FOUND);
    });
  });

  describe('DELETE', () => {
    it('removes a client that is still as the caller holds it to be', async () => {
      const id = await makeOne();
      const stale = await tagOf(id);
      await addSecret(id);
      expect(outcome(await remove(id, { 'if-match': stale }))).toEqual(CHANGED_SINCE);
      expect(outcome(await remove(id, { 'if-match': await tagOf(id) }))).toEqual(DONE);
      for (const answer of [
        await get(`/${id}`),
        await edit(id, { state: 'active' }),
        await remove(id),
        await addSecret(id),
      ]) {
        expect(outcome(answer)).toEqual(NOT_FOUND);
      }
      expect(idsIn(await get(`?q=${id}`))).not.toContain(id);
    });

    it('asks that a declared client is disabled before; declared again it comes anew', async () => {
      const declared = { name: 'declared-app' };
      await declareClient(server, declared);
      expect(outcome(await remove(declared.name))).toEqual(problem(409, 'client-declared'));
      await edit(declared.name, { state: 'disabled' });
      expect(outcome(await remove(declared.name))).toEqual(DONE);
      await declareClient(server, declared);
      expect((await get(`/${declared.name}`)).body).toMatchObject({
        state: 'active',
        grants: [...CITY_APP.grants],
        scopes: [...CITY_APP.scopes],
        secrets: [{ hint: '' }],
      });
    });
  });

  describe('who may', () => {
    const NOBODY = { anonymous: 401, customer: 403, member: 403, manager: 403 };
    const asked = (method: string, path: string, body?: unknown) =>
      statuses(callers, (headers) => server.api.send(method, `${CLIENTS}${path}`, body, headers));

    it('look: admins and above', async () => {
      const id = await makeOne();
      for (const path of ['', `/${id}`]) {
        const allowed = { admin: 200, superuser: 200, key: 200, application: 200 };
        expect(await asked('GET', path)).toEqual({ ...NOBODY, ...allowed });
      }
    });

    it('write: admins and above, in a session of their own', async () => {
      const refused = { ...NOBODY, key: 403, application: 403 };
      const both = (status: number) => ({ ...refused, admin: status, superuser: status });
      const id = await makeOne();
      expect(
        await statuses(callers, (headers) => server.api.post(CLIENTS, { id: freshId() }, headers)),
      ).toEqual(both(201));
      expect(await asked('PATCH', `/${id}`, {})).toEqual(both(200));
      expect(await asked('DELETE', '/unknown')).toEqual(both(404));
      expect(await asked('POST', '/unknown/secrets')).toEqual(both(404));
      expect(await asked('DELETE', '/unknown/secrets/unknown')).toEqual(both(404));
    });

    it('write only a moment after they showed who they are', async () => {
      const id = await makeOne();
      server.clock.advance(15 * MINUTE + 1);
      const answers = [
        await create({ id: freshId() }),
        await edit(id, {}),
        await remove(id),
        await addSecret(id),
        await removeSecret(id, id),
      ];
      for (const answer of answers) {
        expect(outcome(answer)).toEqual(problem(403, 'reauthentication-required'));
      }
      expect((await get(`/${id}`)).status).toBe(200);
    });
  });
});
