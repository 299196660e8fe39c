import { bearer, tokenHeader } from '../../support/api.js';
import { PUBLIC_URL, startTestGatehouse, type TestGatehouse } from '../../support/gatehouse.js';
import { makeUser, signIn } from '../../support/people.js';

const API = `${PUBLIC_URL}/api/v1.1`;

describe('GET /api/v1.1/user/ and /user/<uid>/', () => {
  let server: TestGatehouse;
  let manager: string;
  let member: string;
  let memberId: string;
  let blockedId: string;

  beforeAll(async () => {
    server = await startTestGatehouse();
    await makeUser(server, 'manager@example.org', 'manager');
    memberId = await makeUser(server, 'member@example.org');
    blockedId = await makeUser(server, 'blocked@example.org');
    await makeUser(server, 'chief@example.org', 'admin', 'admin');
    const chief = await signIn(server, 'chief@example.org');
    expect((await server.api.post(`/v1/users/${blockedId}/disable`, undefined, bearer(chief))).status).toBe(
      204,
    );
    manager = await signIn(server, 'manager@example.org');
    member = await signIn(server, 'member@example.org');
  });
  afterAll(() => server.stop());

  it('lists active users in pages for managers', async () => {
    const all = await server.api.get('/api/v1.1/user/', tokenHeader(manager));
    expect(all.status).toBe(200);
    const { results, ...envelope } = all.body;
    expect(envelope).toEqual({
      objects_count: 4,
      next: null,
      previous: null,
      objects_count_per_page: 250,
      num_total_pages: 1,
      num_current_page: 1,
      max_allowed_objects_per_page: 250,
      model_name: 'User',
      model_verbose_name: 'User',
      list_display: [],
      list_filter: {},
      total_objects_count: 4,
      create_url: `${API}/user/`,
    });
    expect(results.map((user: { email: string }) => user.email)).toEqual([
      'admin@id.gatehouse.test',
      'manager@example.org',
      'member@example.org',
      'chief@example.org',
    ]);
    const second = await server.api.get('/api/v1.1/user/?c_resp_page_size=2&page=2', tokenHeader(manager));
    expect(second.body).toMatchObject({
      objects_count: 2,
      num_total_pages: 2,
      previous: `${API}/user/?c_resp_page_size=2&page=1`,
      next: null,
    });
    expect((await server.api.get('/api/v1.1/user/?page=9', tokenHeader(manager))).status).toBe(404);
    for (const query of ['c_resp_page_size=0', 'c_resp_page_size=251', 'page=0', 'page=x', 'page=1&page=2']) {
      expect((await server.api.get(`/api/v1.1/user/?${query}`, tokenHeader(manager))).status).toBe(400);
    }
  });

  it('shows one user without what only he may use', async () => {
    const answer = await server.api.get(`/api/v1.1/user/${memberId}/`, tokenHeader(manager));
    expect(answer.body).toEqual({
      uid: memberId,
      email: 'member@example.org',
      first_name: '',
      last_name: '',
      modification_date: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/),
      creation_date: expect.stringMatching(/Z$/),
      public: true,
      url: `${API}/user/${memberId}/`,
      verbose_name: 'member@example.org',
      defaultdividers: [],
      level: 'simpleuser',
      external_auth: false,
    });
    for (const uid of [blockedId, '49297d80-e924-479a-8fcc-27e15f7a12e7', 'nonsense']) {
      expect(await server.api.get(`/api/v1.1/user/${uid}/`, tokenHeader(manager))).toMatchObject({
        status: 404,
        body: { detail: 'Not found.' },
      });
    }
  });

  it('refuses simple users, himself included, and anonymous callers', async () => {
    for (const path of ['/api/v1.1/user/', `/api/v1.1/user/${memberId}/`, '/api/v1.1/user/nonsense/']) {
      expect(await server.api.get(path, tokenHeader(member))).toMatchObject({
        status: 403,
        body: { detail: 'User access permission refused.' },
      });
      expect((await server.api.get(path)).status).toBe(401);
    }
  });
});

describe('POST /api/v1.1/auth/two-factor/login/', () => {
  let server: TestGatehouse;
  const path = '/api/v1.1/auth/two-factor/login/';
  const invalid = { message: 'MFA temporary token invalid', _errors: ['MFA_TEMP_TOKEN_INVALID'] };

  beforeAll(async () => {
    server = await startTestGatehouse();
    await makeUser(server, 'member@example.org');
  });
  afterAll(() => server.stop());

  it('tells every missing field by its name', async () => {
    expect(await server.api.post(path, {})).toMatchObject({
      status: 400,
      body: {
        email: ['This field is required.'],
        token: ['This field is required.'],
        verification_code: ['This field is required.'],
      },
    });
  });

  it('refuses an unknown user, an invented token and a full one alike', async () => {
    const full = await signIn(server, 'member@example.org');
    const attempts = [
      ['nobody@example.org', 'a'.repeat(40)],
      ['member@example.org', 'a'.repeat(40)],
      ['member@example.org', full],
    ];
    for (const [email, token] of attempts) {
      const answer = await server.api.post(path, { email, token, verification_code: '123456' });
      expect(answer).toMatchObject({ status: 401, body: invalid });
    }
  });
});
