import { RECENT } from '../../src/common/security/access.js';
import { bearer, faultyFields, outcome } from '../support/api.js';
import { keyHeader, makeKey, makeSignedIn, problem, setLevel, type SignedIn } from '../support/api-keys.js';
import { dumpDatabase } from '../support/database-dump.js';
import { findPerson, mailsWrittenTo, rowsOf, signIn } from '../support/declared-people.js';
import { startTestGatehouse, type TestGatehouse } from '../support/gatehouse.js';

const USERS = '/v1/users';
const NOBODY = '0190aaaa-0000-7000-8000-000000000000';
const PASSWORD = 'correct horse 1';

/** Contract 3.1, 4.4 and 5. */
describe('users that administrators make and change', () => {
  let server: TestGatehouse;
  let superuser: SignedIn;
  let admin: SignedIn;
  let count = 0;

  beforeAll(async () => {
    server = await startTestGatehouse();
    superuser = await makeSignedIn(server, { email: 'root@example.com', type: 'admin', level: 'superuser' });
    admin = await makeSignedIn(server, { email: 'admin@example.com', type: 'admin', level: 'admin' });
  });
  beforeEach(async () => {
    admin = { ...admin, token: await signIn(server, admin) };
    superuser = { ...superuser, token: await signIn(server, superuser) };
  });
  afterAll(() => server.stop());

  const newEmail = () => `person-${++count}@example.com`;
  const post = (body: object, by: { token: string } = admin, headers: Record<string, string> = {}) =>
    server.api.post(USERS, body, { ...bearer(by.token), ...headers });
  const patch = (
    id: string,
    body: object,
    by: { token: string } = admin,
    headers: Record<string, string> = {},
  ) => server.api.patch(`${USERS}/${id}`, body, { ...bearer(by.token), ...headers });
  const make = async (fields: object = {}) => {
    const answer = await post({ email: newEmail(), password: PASSWORD, ...fields }, superuser);
    expect(answer.status).toBe(201);
    return answer.body as { id: string; email: string; level: string };
  };
  const get = (id: string) => server.api.get(`${USERS}/${id}`, bearer(superuser.token));

  describe('POST /v1/users', () => {
    it('makes a user as he is wanted, and answers him with his address and tag', async () => {
      const draft = {
        type: 'seller',
        username: 'ada.king',
        phone: '+48500100200',
        card: '47834433524',
        firstName: ' Ada ',
        lastName: 'King',
        locale: 'fr_FR',
        networks: ['127.0.0.0/8'],
      };
      const answer = await post({ ...draft, email: 'Ada@Example.com', password: PASSWORD });
      expect(outcome(answer)).toEqual({
        status: 201,
        body: {
          ...draft,
          id: expect.any(String),
          email: 'ada@example.com',
          emailConfirmed: false,
          firstName: 'Ada',
          level: 'member',
          state: 'active',
          roleId: null,
          emailNotifications: true,
          hasPassword: true,
          createdAt: expect.any(String),
          updatedAt: expect.any(String),
        },
      });
      const { id } = answer.body as { id: string };
      expect(answer.headers.get('location')).toBe(`${USERS}/${id}`);
      const shown = await get(id);
      expect(shown.body).toEqual(answer.body);
      expect(answer.headers.get('etag')).toBe(shown.headers.get('etag'));
      for (const identifier of ['ada@example.com', 'ADA.King', '+48500100200', '47834433524']) {
        const opened = await server.api.post('/v1/sessions', { identifier, password: PASSWORD });
        expect(opened.status).toBe(201);
      }
      expect(await mailsWrittenTo(server, 'ada@example.com')).toEqual([]);
    });

    it('mails who has no password the link to set one, in his language', async () => {
      const email = newEmail();
      const answer = await post({ email, locale: 'pl_PL' });
      expect(answer).toMatchObject({ status: 201, body: { hasPassword: false } });
      expect(await mailsWrittenTo(server, email)).toEqual(['set-password']);
      expect((await server.mailbox.waitFor(email)).subject).toMatch(/hasło/);
      expect(JSON.stringify(answer.body)).not.toMatch(/password"\s*:|token/);
    });

    it('puts an administrator at the foot of what his kind has, and one with a free role lower', async () => {
      const { body } = await post({ email: newEmail(), type: 'admin' });
      expect(body).toMatchObject({ type: 'admin', level: 'manager' });
    });

    it.each([
      ['member', 'member', 403],
      ['manager', 'member', 403],
      ['admin', 'member', 201],
      ['admin', 'admin', 201],
      ['admin', 'superuser', 403],
      ['superuser', 'superuser', 201],
    ] as const)('by %s of one at %s: %d', async (level, wanted, status) => {
      const by = await makeSignedIn(server, { email: newEmail(), type: 'admin', level });
      const before = await rowsOf(server, 'users');
      expect((await post({ email: newEmail(), level: wanted, type: 'admin' }, by)).status).toBe(status);
      expect((await rowsOf(server, 'users')) - before).toBe(status === 201 ? 1 : 0);
    });

    it('tells every fault at once, and makes nothing', async () => {
      const taken = await make({ username: 'taken-name', phone: '+48111222333' });
      const before = await rowsOf(server, 'users');
      const shape = await post({
        email: 1,
        type: 'x',
        level: 'blocked',
        phone: '12',
        card: 'x',
        locale: 'english',
        roleId: 'x',
        networks: ['x'],
        password: 5,
      });
      expect(shape).toMatchObject({ status: 400, body: { code: 'invalid-body' } });
      expect(faultyFields(shape).sort()).toEqual(
        ['card', 'email', 'level', 'locale', 'networks', 'password', 'phone', 'roleId', 'type'].sort(),
      );
      const content = await post({
        email: taken.email.toUpperCase(),
        username: 'TAKEN-name',
        phone: '+48111222333',
        roleId: NOBODY,
        password: 'short',
      });
      expect(content).toMatchObject({ status: 400, body: { code: 'invalid-fields' } });
      expect(content.body.errors).toEqual([
        { path: 'email', rule: 'taken' },
        { path: 'username', rule: 'taken' },
        { path: 'phone', rule: 'taken' },
        { path: 'roleId', rule: 'invalid' },
        { path: 'password', rule: 'not-enough-chars' },
      ]);
      expect(await rowsOf(server, 'users')).toBe(before);
    });

    it.each(['someone@example.com', '+48500600700', '12345678', 'two words', '', 'a/b'])(
      'takes no user name like %j, which could be somebody else’s identifier',
      async (username) => {
        const answer = await post({ email: newEmail(), username });
        expect(faultyFields(answer)).toEqual(['username']);
      },
    );

    it('is open to an administrator’s permanent key, closed to a member’s and to nobody', async () => {
      const { secret } = await makeKey(server, admin);
      const by = (headers: Record<string, string>) => server.api.post(USERS, { email: newEmail() }, headers);
      expect((await by(keyHeader(secret))).status).toBe(201);
      const member = await makeSignedIn(server, { email: newEmail() });
      expect((await by(keyHeader((await makeKey(server, member)).secret))).status).toBe(403);
      expect((await by({})).status).toBe(401);
    });

    describe('with an Idempotency-Key', () => {
      const key = (value: string) => ({ 'idempotency-key': value });

      it('makes one user of a repeated request, and answers him again', async () => {
        const body = { email: newEmail(), password: PASSWORD };
        const first = await post(body, admin, key('a'));
        const again = await post(body, admin, key('a'));
        expect(outcome(again)).toEqual(outcome(first));
        expect(again.headers.get('location')).toBe(first.headers.get('location'));
        expect(first.status).toBe(201);
      });

      it('makes one of requests that race', async () => {
        const body = { email: newEmail() };
        const answers = await Promise.all(Array.from({ length: 5 }, () => post(body, admin, key('race'))));
        expect(answers.map(({ status }) => status)).toEqual([201, 201, 201, 201, 201]);
        expect(new Set(answers.map((answer) => answer.body.id as string)).size).toBe(1);
        expect(await mailsWrittenTo(server, body.email)).toEqual(['set-password']);
      });

      it('refuses the key with another request', async () => {
        await post({ email: newEmail() }, admin, key('b'));
        expect(outcome(await post({ email: newEmail() }, admin, key('b')))).toEqual({
          status: 409,
          body: {
            type: 'urn:gatehouse:problem:idempotency-key-reused',
            title: 'Conflict',
            status: 409,
            code: 'idempotency-key-reused',
          },
        });
      });

      it('knows the key for a day, of its caller alone, and only when something was made', async () => {
        const body = { email: newEmail() };
        expect((await post({ ...body, password: 'short' }, admin, key('c'))).status).toBe(400);
        const made = await post(body, admin, key('c'));
        expect(made.status).toBe(201);
        expect((await post(body, superuser, key('c'))).status).toBe(400);
        server.clock.advance(24 * 3_600_000);
        const by = { token: await signIn(server, admin) };
        expect(await post(body, by, key('c'))).toMatchObject({
          status: 400,
          body: { errors: [{ path: 'email', rule: 'taken' }] },
        });
        expect((await post({ email: newEmail() }, by, key('c'))).status).toBe(201);
      });

      it.each(['', ' ', 'a b', 'x'.repeat(256)])('refuses the key %j', async (value) => {
        const answer = await post({ email: newEmail() }, admin, key(value));
        expect(answer).toMatchObject({ status: 400, body: { code: 'idempotency-key-invalid' } });
      });

      it('keeps neither key nor password readable', async () => {
        const body = { email: newEmail(), password: 'a very special pass phrase 77' };
        await post(body, admin, key('a-very-special-key-77'));
        const dump = await dumpDatabase(server.database);
        expect(dump).not.toContain('a-very-special-key-77');
        expect(dump).not.toContain('very special pass phrase');
      });
    });
  });

  describe('PATCH /v1/users/:id', () => {
    it('changes what is given, leaves the rest, and answers what GET answers then', async () => {
      const { id } = await make({ firstName: 'Ada' });
      const edit = {
        lastName: 'King',
        username: 'ada-king-2',
        phone: '+48600100200',
        card: '1234567',
        locale: 'fr',
        type: 'seller',
        level: 'manager',
        networks: ['127.0.0.1'],
      };
      const answer = await patch(id, edit);
      expect(answer).toMatchObject({ status: 200, body: { ...edit, firstName: 'Ada' } });
      expect((await get(id)).body).toEqual(answer.body);
      const cleared = { username: null, phone: null, card: null, networks: [] };
      expect((await patch(id, cleared)).body).toMatchObject({ ...cleared, lastName: 'King' });
      const identifiers = ['ada-king-2', '+48600100200', '1234567'];
      for (const identifier of identifiers) {
        const refused = await server.api.post('/v1/sessions', { identifier, password: PASSWORD });
        expect(refused.status).toBe(401);
      }
    });

    it('tells the old address when it gives another', async () => {
      const { id, email } = await make();
      const answer = await patch(id, { email: `New-${email}` });
      expect(answer.body).toMatchObject({ email: `new-${email}`, emailConfirmed: false });
      expect(await mailsWrittenTo(server, email)).toEqual(['email-changed']);
      const { text } = await server.mailbox.waitFor(email);
      expect(text).toContain('An administrator of this service did it.\n\nWhen: ');
      expect(text).not.toContain('Address: ');
    });

    it('moves a right with the next request', async () => {
      const person = await makeSignedIn(server, { email: newEmail() });
      const seesUsers = async () => (await server.api.get(USERS, bearer(person.token))).status;
      expect(await seesUsers()).toBe(403);
      expect((await patch(person.uid, { level: 'manager' })).status).toBe(200);
      expect(await seesUsers()).toBe(200);
      expect((await patch(person.uid, { level: 'member' })).status).toBe(200);
      expect(await seesUsers()).toBe(403);
    });

    it.each([
      ['admin', 'admin', { firstName: 'x' }, 403],
      ['admin', 'superuser', { firstName: 'x' }, 403],
      ['admin', 'manager', { firstName: 'x' }, 200],
      ['admin', 'member', { level: 'superuser' }, 403],
      ['admin', 'member', { level: 'admin' }, 200],
      ['superuser', 'superuser', { level: 'member' }, 200],
      ['manager', 'member', { firstName: 'x' }, 403],
    ] as const)('by %s of %s with %j: %d', async (level, of, edit, status) => {
      const by = await makeSignedIn(server, { email: newEmail(), type: 'admin', level });
      const { id } = await make({ level: of, type: 'admin' });
      const before = (await get(id)).body as object;
      expect((await patch(id, edit, by)).status).toBe(status);
      if (status === 403) expect((await get(id)).body).toEqual(before);
    });

    it('lets nobody move himself on the ladder', async () => {
      expect(outcome(await patch(superuser.uid, { level: 'member' }, superuser))).toEqual(
        problem(403, 'insufficient-rights'),
      );
      expect((await patch(superuser.uid, { firstName: 'Root' }, superuser)).status).toBe(200);
    });

    it('changes nothing when one field is at fault', async () => {
      const [one, other] = [await make(), await make()];
      const before = (await get(one.id)).body as object;
      const answer = await patch(one.id, { firstName: 'x', email: other.email, roleId: NOBODY });
      expect(answer.body).toMatchObject({
        status: 400,
        errors: [
          { path: 'email', rule: 'taken' },
          { path: 'roleId', rule: 'invalid' },
        ],
      });
      expect((await get(one.id)).body).toEqual(before);
    });

    it('knows nobody by an id that is nobody’s', async () => {
      expect(outcome(await patch(NOBODY, {}))).toEqual(problem(404, 'user-not-found'));
    });

    it('asks for a session in which its person showed who he is a moment ago', async () => {
      const { id } = await make();
      const { secret } = await makeKey(server, admin);
      const byKey = await server.api.patch(`${USERS}/${id}`, { firstName: 'x' }, keyHeader(secret));
      expect(byKey.status).toBe(403);
      server.clock.advance(RECENT + 1_000);
      expect(outcome(await patch(id, { firstName: 'x' }))).toEqual(problem(403, 'reauthentication-required'));
    });

    describe('with If-Match', () => {
      it('changes him only as he was seen', async () => {
        const { id } = await make();
        const etag = (await get(id)).headers.get('etag')!;
        const first = await patch(id, { firstName: 'One' }, admin, { 'if-match': etag });
        expect(first.status).toBe(200);
        const second = await patch(id, { firstName: 'Two' }, admin, { 'if-match': etag });
        expect(outcome(second)).toEqual({
          status: 412,
          body: {
            type: 'urn:gatehouse:problem:precondition-failed',
            title: 'Precondition Failed',
            status: 412,
            code: 'precondition-failed',
          },
        });
        expect((await get(id)).body).toMatchObject({ firstName: 'One' });
        const next = { 'if-match': `"x", ${first.headers.get('etag')}` };
        expect((await patch(id, { firstName: 'Three' }, admin, next)).status).toBe(200);
        expect((await patch(id, { firstName: 'Four' }, admin, { 'if-match': '*' })).status).toBe(200);
      });

      it('lets one of those who race go on', async () => {
        const { id } = await make();
        const etag = (await get(id)).headers.get('etag')!;
        const names = ['a', 'b', 'c', 'd'];
        const answers = await Promise.all(
          names.map((firstName) => patch(id, { firstName }, admin, { 'if-match': etag })),
        );
        expect(answers.map(({ status }) => status).sort()).toEqual([200, 412, 412, 412]);
        const [winner] = answers.filter(({ status }) => status === 200);
        expect((await get(id)).body).toEqual(winner!.body);
      });
    });
  });

  describe('POST /v1/users/:id/reset-password', () => {
    const reset = (id: string, by: { token: string } = admin) =>
      server.api.post(`${USERS}/${id}/reset-password`, undefined, bearer(by.token));

    it('mails a link with which he sets a new password; the old one counts until then', async () => {
      const { id, email } = await make();
      expect(outcome(await reset(id))).toEqual({ status: 204, body: '' });
      expect(await mailsWrittenTo(server, email)).toEqual(['reset-password']);
      const mail = await server.mailbox.waitFor(email);
      const [token] = /[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/.exec(mail.text ?? '') ?? [];
      const old = { ...(await findPerson(server, email)), password: PASSWORD };
      await expect(signIn(server, old)).resolves.toEqual(expect.any(String));
      const changed = await server.api.post('/api/v1.1/auth/change-password/', {
        email,
        password1: 'another horse 2',
        password2: 'another horse 2',
        password_change_token: token,
      });
      expect(changed.status).toBe(200);
      await expect(signIn(server, old)).rejects.toThrow();
    });

    it('mails one a minute, and none to who has no address or stands too high', async () => {
      const { id } = await make();
      expect((await reset(id)).status).toBe(204);
      expect(await reset(id)).toMatchObject({ status: 429, body: { code: 'rate-limited' } });
      const equal = await make({ level: 'admin', type: 'admin' });
      expect((await reset(equal.id)).status).toBe(403);
      expect((await reset(equal.id, superuser)).status).toBe(204);
      expect((await reset(NOBODY)).status).toBe(404);
      await setLevel(server, { uid: equal.id, email: '', password: '' }, 'member');
      await server.api.post(`${USERS}/${equal.id}/disable`, undefined, bearer(admin.token));
      expect(await reset(equal.id)).toMatchObject({ status: 409, body: { code: 'user-not-reachable' } });
    });
  });
});
