import { bearer, faultyFields, outcome, tokenHeader } from '../support/api.js';
import { cookieHeader, signInAtV1 } from '../support/cookies.js';
import { findPerson, mailsWrittenTo, makePerson, signIn, type Person } from '../support/declared-people.js';
import { keyHeader } from '../support/doors.js';
import { startTestGatehouse, type TestGatehouse } from '../support/gatehouse.js';
import { declareClient } from '../support/oauth-clients.js';
import { createUser, logIn } from '../surfaces/gemini/requests.js';

const ME = '/v1/me';

/** Contract 3.2 and 5. */
describe('PATCH /v1/me', () => {
  let server: TestGatehouse;
  let ada: Person;
  let token: string;
  let headers: Record<string, string>;
  let count = 0;

  beforeAll(async () => {
    server = await startTestGatehouse();
    await declareClient(server);
  });
  beforeEach(async () => {
    ada = await makePerson(server, { email: `person-${++count}@example.com`, firstName: 'Ada' });
    token = await signIn(server, ada);
    headers = bearer(token);
  });
  afterAll(() => server.stop());

  const patch = (body: object, by = headers) => server.api.patch(ME, body, by);
  const me = async () => (await server.api.get(ME, headers)).body as object;

  it('changes what is given, leaves the rest, and answers what GET answers then', async () => {
    const before = await me();
    const edit = { firstName: ' Augusta ', lastName: 'King', phone: '+48500100200', locale: 'fr_FR' };
    const answer = await patch(edit);
    expect(outcome(answer)).toEqual({
      status: 200,
      body: { ...before, ...edit, firstName: 'Augusta', updatedAt: expect.any(String) },
    });
    expect(await me()).toEqual(answer.body);
    expect((await patch({ lastName: '', phone: null })).body).toEqual({
      ...(answer.body as object),
      lastName: '',
      phone: null,
      updatedAt: expect.any(String),
    });
    expect((await patch({})).body).toMatchObject({ firstName: 'Augusta', lastName: '', locale: 'fr_FR' });
  });

  it('takes back what a link to unsubscribe has done, and does it', async () => {
    expect(await me()).toMatchObject({ emailNotifications: true });
    for (const emailNotifications of [false, true]) {
      const answer = await patch({ emailNotifications });
      expect(answer).toMatchObject({ status: 200, body: { emailNotifications } });
      expect(await me()).toEqual(answer.body);
      const at004 = await server.api.get('/api/v1.1/account/me/', tokenHeader(token));
      expect(at004.body.unsubscribe_all).toBe(!emailNotifications);
    }
    await patch({ emailNotifications: false });
    expect((await patch({ firstName: 'Augusta' })).body).toMatchObject({ emailNotifications: false });
  });

  it('has the phone sign in, and not the one before', async () => {
    const login = (identifier: string) =>
      server.api.post('/v1/sessions', { identifier, password: ada.password });
    await patch({ phone: '+48600100200' });
    expect((await login('+48600100200')).status).toBe(201);
    await patch({ phone: null });
    expect((await login('+48600100200')).status).toBe(401);
  });

  it('changes nothing when the phone is somebody else’s', async () => {
    await makePerson(server, { email: 'bob@example.com', phone: '+48700100200' });
    const before = await me();
    expect(outcome(await patch({ firstName: 'Eve', phone: '+48700100200' }))).toEqual({
      status: 409,
      body: {
        type: 'urn:gatehouse:problem:identifier-taken',
        title: 'Conflict',
        status: 409,
        code: 'identifier-taken',
      },
    });
    expect(await me()).toEqual(before);
  });

  it.each([
    ['firstName', null],
    ['firstName', 'x'.repeat(151)],
    ['lastName', ['x']],
    ['phone', '12'],
    ['phone', 48500100200],
    ['phone', ''],
    ['locale', 'english'],
    ['locale', null],
    ['emailNotifications', null],
    ['emailNotifications', 'false'],
    ['emailNotifications', 0],
  ])('refuses %s: %j, and changes nothing', async (field, value) => {
    const before = await me();
    const answer = await patch({ firstName: 'Eve', [field]: value });
    expect(answer).toMatchObject({ status: 400, body: { code: 'invalid-body' } });
    expect(faultyFields(answer)).toEqual([field]);
    expect(answer.headers.get('content-type')).toContain('application/problem+json');
    expect(await me()).toEqual(before);
  });

  it('changes no address, password, level or anything else that it does not name', async () => {
    const before = await me();
    const grab = {
      email: 'thief@example.com',
      password: 'another one 22',
      level: 'superuser',
      type: 'admin',
      username: 'root',
      confirmsNewEmail: true,
      unsubscribedFromAll: true,
      id: 'x',
    };
    expect((await patch(grab)).body).toEqual({ ...before, updatedAt: expect.any(String) });
    expect(await findPerson(server, ada.email)).toEqual(ada);
    await expect(findPerson(server, 'thief@example.com')).rejects.toThrow('Nobody');
    expect(await mailsWrittenTo(server, ada.email)).toEqual([]);
  });

  it('takes a cookie, from a page of ours', async () => {
    const cookie = cookieHeader(await signInAtV1(server.api, ada));
    expect((await patch({ firstName: 'A' }, cookie)).status).toBe(200);
    expect(await patch({ firstName: 'B' }, { ...cookie, origin: 'https://evil.example' })).toMatchObject({
      status: 403,
      body: { code: 'foreign-origin' },
    });
    expect(await me()).toMatchObject({ firstName: 'A' });
  });

  it('is open to a client’s token with the scope profile, and to no other', async () => {
    const user = await createUser(server, `user-${count}@example.com`);
    expect((await patch({ firstName: 'C' }, bearer(user.token))).status).toBe(200);
    const narrow = await logIn(server, user.email, { scope: 'venue' });
    expect((await patch({ firstName: 'D' }, bearer(narrow.token))).status).toBe(403);
  });

  it('is closed to a permanent key, and to who shows nothing', async () => {
    const key = (await server.api.post('/v1/api-keys', { name: 'robot' }, headers)).body.secret as string;
    expect((await server.api.get(ME, keyHeader(key))).status).toBe(200);
    expect((await patch({ firstName: 'E' }, keyHeader(key))).status).toBe(403);
    expect((await patch({ firstName: 'E' }, {})).status).toBe(401);
    expect(await me()).toMatchObject({ firstName: 'Ada' });
  });
});
