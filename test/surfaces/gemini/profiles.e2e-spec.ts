import { SECOND } from '../../../src/common/clock.js';
import { bearer, outcome } from '../../support/api.js';
import { startTestGatehouse, type TestGatehouse } from '../../support/gatehouse.js';
import { declareClient } from '../../support/oauth-clients.js';
import { queryDatabase } from '../../support/raw-database.js';
import {
  createUser,
  INSUFFICIENT_SCOPE,
  invalidRequest,
  logIn,
  NOT_FOUND,
  type GeminiUser,
} from './requests.js';

const NOBODY = '00000000-0000-4000-8000-000000000000';
const INSTANT = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/) as string;

/** Both kinds, with every detail that each may have (contract 4.1). */
const KINDS = [
  {
    kind: 'artist',
    noun: 'performer',
    other: 'venue',
    details: {
      description: 'Engines that compute',
      genre: 'Industrial',
      website_url: 'https://engines.example',
      phone: '+44 20 7946 0000',
      email: 'booking@engines.example',
    },
  },
  {
    kind: 'venue',
    noun: 'venue',
    other: 'artist',
    details: {
      description: 'A hall',
      website_url: 'https://hall.example',
      phone: '+44 20 7946 0001',
      email: 'hall@hall.example',
      address: '12 St James’s Square',
      zip_code: 'SW1Y 4JH',
    },
  },
] as const;

describe.each(KINDS)('profiles of kind $kind', ({ kind, noun, other, details }) => {
  let server: TestGatehouse;
  let owner: GeminiUser;
  let stranger: GeminiUser;

  beforeAll(async () => {
    server = await startTestGatehouse();
    await declareClient(server);
    owner = await createUser(server, 'owner@example.com');
    stranger = await createUser(server, 'stranger@example.com');
  });
  afterAll(() => server.stop());

  const create = (fields: unknown, { id, token } = owner) =>
    server.api.post(`/api/${kind}/${id}/new`, fields, bearer(token));
  const send = (method: string, id: string, fields?: unknown, { token } = owner) =>
    server.api.send(method, `/api/${kind}s/${id}`, fields, bearer(token));
  const made = async (fields: object = {}) => {
    const answer = await create({ name: 'First', ...fields });
    if (answer.status !== 201) throw new Error(`No profile was made: ${answer.status}`);
    return answer.body.id as string;
  };
  const link = (method: string, id: string, verb: string) => ({
    href: `/api/${kind}s/${id}`,
    method,
    title: `${verb} this ${noun} profile.`,
  });
  const self = (id: string) => ({ self: link('GET', id, 'View') });
  const own = (id: string) => ({ delete: link('DELETE', id, 'Delete'), edit: link('PATCH', id, 'Edit') });
  const shown = (id: string, fields: object, links: object = { ...own(id), ...self(id) }) => ({
    _links: links,
    created_at: INSTANT,
    id,
    updated_at: INSTANT,
    user_id: owner.id,
    ...fields,
  });

  describe(`POST /api/${kind}/{userId}/new`, () => {
    it('needs a name only: 201, with the Location of what was made', async () => {
      const answer = await create({ name: '  The Analytical Engines  ' });
      const { id } = answer.body as { id: string };
      expect(outcome(answer)).toEqual({ status: 201, body: shown(id, { name: 'The Analytical Engines' }) });
      expect(answer.headers.get('location')).toBe(`/api/${kind}s/${id}`);
      const found = await server.api.get(answer.headers.get('location')!, bearer(owner.token));
      expect(outcome(found)).toEqual({ status: 200, body: answer.body as unknown });
    });

    it('takes every detail, and nothing else', async () => {
      const more = { id: NOBODY, user_id: stranger.id, is_verified: true, _links: {} };
      const answer = await create({ name: 'All', ...details, ...more });
      const id = answer.body.id as string;
      expect(outcome(answer)).toEqual({ status: 201, body: shown(id, { name: 'All', ...details }) });
      expect(id).not.toBe(NOBODY);
    });

    it('takes a form', async () => {
      const answer = await create(new URLSearchParams({ name: 'Formed', ...details }));
      expect(answer).toMatchObject({ status: 201, body: { name: 'Formed', ...details } });
    });

    it.each([undefined, null, '', '   ', 1, ['x'], 'x'.repeat(151)])('refuses the name %j', async (name) => {
      expect(outcome(await create({ name }))).toEqual(invalidRequest('name is missing or malformed.'));
    });

    it.each(Object.keys(details))('refuses a malformed %s', async (name) => {
      for (const value of [1, ['x'], { a: 1 }, 'x'.repeat(2_001)]) {
        expect(outcome(await create({ name: 'x', [name]: value }))).toEqual(
          invalidRequest(`${name} is missing or malformed.`),
        );
      }
    });

    it('is for oneself: another’s id is 403 whether or not he is there', async () => {
      for (const id of [stranger.id, NOBODY, 'nonsense']) {
        expect(outcome(await create({ name: 'x' }, { ...owner, id }))).toEqual(INSUFFICIENT_SCOPE);
      }
    });

    it('makes no more than 50 of a kind, also when many are asked for at once', async () => {
      const busy = await createUser(server, 'busy@example.com');
      const asked = Array.from({ length: 60 }, (_, number) => create({ name: `Number ${number}` }, busy));
      const statuses = (await Promise.all(asked)).map(({ status }) => status).sort();
      expect(statuses).toEqual([...Array<number>(50).fill(201), ...Array<number>(10).fill(400)]);
      expect(outcome(await create({ name: 'One more' }, busy))).toEqual(
        invalidRequest('There are too many profiles.'),
      );
      const body = { name: 'Of the other kind' };
      const another = await server.api.post(`/api/${other}/${busy.id}/new`, body, bearer(busy.token));
      expect(another.status).toBe(201);
    });
  });

  describe(`GET /api/${kind}s/{id}`, () => {
    it('shows anybody’s, with what this token may do', async () => {
      const id = await made();
      const narrow = await logIn(server, owner.email, { scope: 'profile' });
      for (const one of [stranger, narrow]) {
        expect(outcome(await send('GET', id, undefined, one))).toEqual({
          status: 200,
          body: shown(id, { name: 'First' }, self(id)),
        });
      }
      expect((await send('GET', id.toUpperCase())).body._links).toEqual({ ...own(id), ...self(id) });
    });

    it.each([NOBODY, 'nonsense'])('of %s is 404', async (id) => {
      expect(outcome(await send('GET', id))).toEqual(NOT_FOUND);
    });

    it('does not show the other kind', async () => {
      const answer = await server.api.get(`/api/${other}s/${await made()}`, bearer(owner.token));
      expect(outcome(answer)).toEqual(NOT_FOUND);
    });
  });

  describe(`PATCH /api/${kind}s/{id}`, () => {
    it('changes what is given, leaves the rest, takes away what is null or empty', async () => {
      const [first, second, ...rest] = Object.keys(details);
      const id = await made(details);
      server.clock.advance(SECOND);
      const answer = await send('PATCH', id, { name: 'Second', [first!]: null, [second!]: '' });
      const kept = Object.fromEntries(rest.map((name) => [name, details[name as keyof typeof details]]));
      expect(outcome(answer)).toEqual({ status: 200, body: shown(id, { name: 'Second', ...kept }) });
      const { created_at, updated_at } = answer.body as Record<string, string>;
      expect(Date.parse(updated_at!) - Date.parse(created_at!)).toBeGreaterThanOrEqual(SECOND);
      expect((await send('GET', id)).body).toEqual(answer.body);
    });

    it('does not give it to another, nor another id', async () => {
      const id = await made();
      const answer = await send('PATCH', id, { user_id: stranger.id, id: NOBODY, name: 'Kept' });
      expect(outcome(answer)).toEqual({ status: 200, body: shown(id, { name: 'Kept' }) });
    });

    it.each([null, '', ' ', 5])('refuses the name %j', async (name) => {
      const id = await made();
      expect(outcome(await send('PATCH', id, { name }))).toEqual(
        invalidRequest('name is missing or malformed.'),
      );
      expect((await send('GET', id)).body.name).toBe('First');
    });
  });

  describe(`DELETE /api/${kind}s/{id}`, () => {
    it('answers 204 without a body, and it is gone', async () => {
      const id = await made();
      expect(outcome(await send('DELETE', id))).toEqual({ status: 204, body: '' });
      for (const method of ['GET', 'PATCH', 'DELETE']) {
        expect(outcome(await send(method, id, method === 'PATCH' ? {} : undefined))).toEqual(NOT_FOUND);
      }
      const rows = await queryDatabase(server.database, `SELECT id FROM profiles WHERE id = '${id}'`);
      expect(rows).toEqual([]);
    });
  });

  it('is listed with its owner, oldest first', async () => {
    const busy = await createUser(server, 'lister@example.com');
    const ids = [];
    for (const name of ['One', 'Two']) ids.push((await create({ name }, busy)).body.id as string);
    const { body } = await server.api.get(`/api/users/${busy.id}`, bearer(busy.token));
    const listed = body[`${kind}s`] as { id: string; _links: object }[];
    expect(listed.map((profile) => profile.id)).toEqual(ids);
    expect(body[`${other}s`]).toEqual([]);
    for (const profile of listed)
      expect(profile).toEqual((await send('GET', profile.id, undefined, busy)).body);
    expect((await logIn(server, busy.email)).id).toBe(busy.id);
  });
});
