import { randomUUID } from 'node:crypto';
import { MINUTE } from '../../src/common/clock.js';
import { bearer, outcome, type Answer } from '../support/api.js';
import { makePerson, type Person, type PersonFields } from '../support/declared-people.js';
import { keyHeader, refreshAt003, signInAt001, signInAt003, signInAt004 } from '../support/doors.js';
import { startTestGatehouse, type TestGatehouse } from '../support/gatehouse.js';

const SESSIONS = '/v1/sessions';
const TIME = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
const ID = expect.stringMatching(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
const ENDED = { status: 204, body: '' };

const problem = (status: number, title: string, code: string, more: object = {}) => ({
  status,
  body: { ...more, type: `urn:gatehouse:problem:${code}`, title, status, code },
});
const NO_SESSION = problem(404, 'Not Found', 'session-not-found');
const NO_USER = problem(404, 'Not Found', 'user-not-found');
const FORBIDDEN = problem(403, 'Forbidden', 'insufficient-rights');
const REVOKED = problem(401, 'Unauthorized', 'credential-revoked');

/** Contract 3.2 and 5: every session of every door is listed and ended here. */
describe('sessions of the native API', () => {
  let server: TestGatehouse;
  let count = 0;

  beforeAll(async () => {
    server = await startTestGatehouse();
  });
  afterAll(() => server.stop());

  const make = (fields: Omit<PersonFields, 'email'> = {}): Promise<Person> =>
    makePerson(server, { email: `person-${++count}@example.com`, ...fields });
  const signIn = (person: Person) => signInAt004(server.api, person);
  const get = (path: string, token: string) => server.api.get(path, bearer(token));
  const end = (path: string, token: string) => server.api.send('DELETE', path, undefined, bearer(token));
  const statusOf = async (token: string) => (await get('/v1/me', token)).status;
  const idsOf = (answer: Answer): string[] => (answer.body.items as { id: string }[]).map(({ id }) => id);
  /** The id of the session that a token opens. */
  async function idOf(token: string): Promise<string> {
    const { body } = await get(`${SESSIONS}?limit=100`, token);
    return (body.items as { id: string; isCurrent: boolean }[]).find(({ isCurrent }) => isCurrent)!.id;
  }

  /** A permanent key of a person’s own. */
  async function keyOf(token: string): Promise<string> {
    const made = await server.api.post('/v1/api-keys', { name: 'robot' }, bearer(token));
    expect(made.status).toBe(201);
    return made.body.secret as string;
  }

  describe('GET /v1/sessions', () => {
    it('lists the sessions of every door, newest first, and tells which one asks', async () => {
      const person = await make({ type: 'admin', level: 'manager' });
      const agent = { 'user-agent': 'Netscape Navigator' };
      await signInAt001(server.api, person, agent);
      const { token } = await signInAt003(server.api, person, 'admin', agent);
      await signInAt004(server.api, person, agent);
      const view = (surface: string, isCurrent = false) => ({
        id: ID,
        surface,
        description: 'Login',
        address: '127.0.0.1',
        userAgent: 'Netscape Navigator',
        createdAt: TIME,
        lastUsedAt: TIME,
        expiresAt: TIME,
        isCurrent,
      });
      expect(outcome(await get(SESSIONS, token))).toEqual({
        status: 200,
        body: {
          items: [view('concrete-datastore'), view('open-loyalty', true), view('backup-repository')],
          nextCursor: null,
        },
      });
    });

    it('gives pages that together hold each session once', async () => {
      const person = await make();
      const tokens = [];
      for (let session = 0; session < 5; session += 1) tokens.push(await signIn(person));
      const whole = idsOf(await get(SESSIONS, tokens[0]!));
      expect(new Set(whole).size).toBe(5);

      const paged: string[][] = [];
      for (let cursor: string | null = ''; cursor !== null;) {
        const page: Answer = await get(`${SESSIONS}?limit=2${cursor && `&cursor=${cursor}`}`, tokens[0]!);
        paged.push(idsOf(page));
        cursor = page.body.nextCursor as string | null;
      }
      expect(paged).toEqual([whole.slice(0, 2), whole.slice(2, 4), whole.slice(4)]);
    });

    it.each(['limit=0', 'limit=101', 'limit=x', 'limit=1&limit=2', 'cursor=1', 'cursor='])(
      'refuses ?%s',
      async (query) => {
        const answer = await get(`${SESSIONS}?${query}`, await signIn(await make()));
        const [path] = query.split('=');
        expect(outcome(answer)).toEqual(
          problem(400, 'Bad Request', 'invalid-body', {
            errors: expect.arrayContaining([{ path, rule: expect.any(String) }]),
          }),
        );
        expect(answer.headers.get('content-type')).toContain('application/problem+json');
      },
    );

    it('shows no permanent key, nor what has ended or belongs to somebody else', async () => {
      const [person, other] = [await make(), await make()];
      const [token, gone] = [await signIn(person), await signIn(person)];
      await signIn(other);
      await keyOf(token);
      await end(`${SESSIONS}/current`, gone);
      expect(idsOf(await get(SESSIONS, token))).toEqual([await idOf(token)]);
    });
  });

  describe('DELETE /v1/sessions/current', () => {
    it('ends the session that asks, and no other', async () => {
      const person = await make();
      const [token, other] = [await signIn(person), await signIn(person)];
      expect(outcome(await end(`${SESSIONS}/current`, token))).toEqual(ENDED);
      expect(outcome(await get('/v1/me', token))).toEqual(REVOKED);
      expect(await statusOf(other)).toBe(200);
    });
  });

  describe('DELETE /v1/sessions/:id', () => {
    it('ends one’s own session of another door with all that hangs on it; again changes nothing', async () => {
      const person = await make({ type: 'customer' });
      const there = await signInAt003(server.api, person, 'customer');
      const [token, third] = [await signIn(person), await signIn(person)];
      expect(await statusOf(there.token)).toBe(200);
      const path = `${SESSIONS}/${await idOf(there.token)}`;
      expect(outcome(await end(path, token))).toEqual(ENDED);
      expect(outcome(await get('/v1/me', there.token))).toEqual(REVOKED);
      expect((await refreshAt003(server.api, there.refreshToken)).status).toBe(401);
      expect(outcome(await end(path, token))).toEqual(ENDED);
      expect(await statusOf(third)).toBe(200);
    });

    it('does not know a foreign session, a key or what there never was: each is 404 alike', async () => {
      const [admin, other] = [await make({ type: 'admin', level: 'superuser' }), await make()];
      const [token, foreign] = [await signIn(admin), await signIn(other)];
      const key = await server.api.post('/v1/api-keys', { name: 'robot' }, bearer(token));
      for (const id of [await idOf(foreign), key.body.id as string, randomUUID(), 'x', '%F0%9F%98%80']) {
        expect(outcome(await end(`${SESSIONS}/${id}`, token))).toEqual(NO_SESSION);
      }
      expect(await statusOf(foreign)).toBe(200);
      const headers = keyHeader(key.body.secret as string);
      expect((await server.api.get('/v1/me', headers)).status).toBe(200);
    });
  });

  describe('a person’s own session is needed', () => {
    it.each([
      ['GET', SESSIONS],
      ['DELETE', SESSIONS],
      ['DELETE', `${SESSIONS}/current`],
      ['DELETE', `${SESSIONS}/00000000-0000-7000-8000-000000000000`],
    ])('for %s %s: a key is 403, nothing is 401', async (method, path) => {
      const token = await signIn(await make({ type: 'admin', level: 'superuser' }));
      const key = await keyOf(token);
      expect(outcome(await server.api.send(method, path, undefined, keyHeader(key)))).toEqual(FORBIDDEN);
      const anonymous = await server.api.send(method, path, undefined);
      expect(outcome(anonymous)).toEqual(problem(401, 'Unauthorized', 'credential-missing'));
      expect(anonymous.headers.get('www-authenticate')).toBe('Bearer');
      expect(await statusOf(token)).toBe(200);
    });

    it('but no fresh one: a thief is shut out also an hour after the sign-in', async () => {
      const person = await make();
      const [token, stolen] = [await signIn(person), await signIn(person)];
      server.clock.advance(60 * MINUTE);
      expect(outcome(await end(SESSIONS, token))).toEqual(ENDED);
      expect(outcome(await get('/v1/me', stolen))).toEqual(REVOKED);
      expect(await statusOf(token)).toBe(200);
    });
  });

  describe('/v1/users/:id/sessions', () => {
    const of = (person: Person) => `/v1/users/${person.uid}/sessions`;

    it('is no way round for a key: it neither lists nor ends the sessions of its own owner', async () => {
      const admin = await make({ type: 'admin', level: 'superuser' });
      const token = await signIn(admin);
      const headers = keyHeader(await keyOf(token));
      const other = await make();
      expect((await server.api.get(of(other), headers)).status).toBe(200);
      for (const [method, path] of [
        ['GET', of(admin)],
        ['DELETE', of(admin)],
        ['DELETE', `${of(admin)}/${await idOf(token)}`],
      ] as const) {
        expect((await server.api.send(method, path, undefined, headers)).status).toBe(403);
      }
      expect(await statusOf(token)).toBe(200);
    });

    it('shows an administrator the sessions of a lower user, by pages; none is his own', async () => {
      const admin = await signIn(await make({ type: 'admin', level: 'admin' }));
      const person = await make();
      const ids = [await idOf(await signIn(person)), await idOf(await signIn(person))].reverse();
      const whole = await get(of(person), admin);
      expect(idsOf(whole)).toEqual(ids);
      expect(whole.body.items).toMatchObject([{ isCurrent: false }, { isCurrent: false }]);
      const first = await get(`${of(person)}?limit=1`, admin);
      expect(first.body).toEqual({ items: [whole.body.items[0]], nextCursor: ids[0] });
    });

    it('marks his own session in his own list', async () => {
      const admin = await make({ type: 'admin', level: 'admin' });
      const token = await signIn(admin);
      expect((await get(of(admin), token)).body.items).toMatchObject([{ isCurrent: true }]);
    });

    it('ends one session, or all of them, at once', async () => {
      const admin = await signIn(await make({ type: 'admin', level: 'admin' }));
      const person = await make({ type: 'seller' });
      const tokens = [await signIn(person), await signIn(person), await signIn(person)] as const;
      const there = await signInAt003(server.api, person, 'seller');
      expect(outcome(await end(`${of(person)}/${await idOf(tokens[1])}`, admin))).toEqual(ENDED);
      expect(outcome(await get('/v1/me', tokens[1]))).toEqual(REVOKED);
      expect(await statusOf(tokens[0])).toBe(200);

      expect(outcome(await end(of(person), admin))).toEqual(ENDED);
      for (const token of [tokens[0], tokens[2], there.token]) {
        expect(outcome(await get('/v1/me', token))).toEqual(REVOKED);
      }
      expect((await refreshAt003(server.api, there.refreshToken)).status).toBe(401);
      expect((await get(of(person), admin)).body).toEqual({ items: [], nextCursor: null });
    });

    it.each([
      ['member', 'member'],
      ['manager', 'member'],
      ['admin', 'admin'],
      ['admin', 'superuser'],
      ['superuser', 'superuser'],
    ] as const)('refuses a %s to look at or end those of a %s', async (callers, level) => {
      const token = await signIn(await make({ type: 'admin', level: callers }));
      const person = await make({ type: 'admin', level });
      const theirs = await signIn(person);
      const session = `${of(person)}/${await idOf(theirs)}`;
      for (const answer of [
        await get(of(person), token),
        await end(of(person), token),
        await end(session, token),
      ]) {
        expect(outcome(answer)).toEqual(FORBIDDEN);
      }
      expect(await statusOf(theirs)).toBe(200);
    });

    it('counts a key of an administrator for his own level', async () => {
      const headers = keyHeader(await keyOf(await signIn(await make({ type: 'admin', level: 'admin' }))));
      const person = await make();
      const token = await signIn(person);
      expect((await server.api.get(of(person), headers)).body.items).toHaveLength(1);
      expect((await server.api.send('DELETE', of(person), undefined, headers)).status).toBe(204);
      expect(await statusOf(token)).toBe(401);
    });

    it('is 404 for an unknown user and for a session that is not his', async () => {
      const token = await signIn(await make({ type: 'admin', level: 'superuser' }));
      const [person, other] = [await make(), await make()];
      const foreign = await signIn(other);
      const sessions = [await idOf(foreign), randomUUID(), 'x'];
      for (const id of sessions) expect(outcome(await end(`${of(person)}/${id}`, token))).toEqual(NO_SESSION);
      for (const uid of [randomUUID(), 'x']) {
        const path = of({ ...person, uid });
        const answers = [
          await get(path, token),
          await end(path, token),
          await end(`${path}/${sessions[0]}`, token),
        ];
        for (const answer of answers) expect(outcome(answer)).toEqual(NO_USER);
      }
      expect(await statusOf(foreign)).toBe(200);
    });
  });
});
