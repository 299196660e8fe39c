import { startTestGatehouse, type TestGatehouse } from '../support/gatehouse.js';
import { bearer, tokenHeader } from '../support/api.js';

describe('register, sign in, reset by mail (document 004)', () => {
  let server: TestGatehouse;

  beforeAll(async () => {
    server = await startTestGatehouse();
  });
  afterAll(() => server.stop());

  it('walks the whole path with a password', async () => {
    const { api, mailbox } = server;
    const registered = await api.post('/api/v1.1/auth/register/', {
      email: 'JohnDoe@netsach.com',
      password1: 'abcd1234',
      password2: 'abcd1234',
    });
    expect(registered.status).toBe(201);
    expect(registered.headers.get('cache-control')).toContain('no-store');
    expect(registered.body).toEqual({
      uid: expect.stringMatching(/^[0-9a-f-]{36}$/),
      email: 'johndoe@netsach.com',
      url: 'http://id.gatehouse.test/api/v1.1/account/me/',
      token: expect.stringMatching(/^[0-9a-f]{40}$/),
      first_name: '',
      last_name: '',
      level: 'simpleuser',
      is_verified: true,
      groups: [],
      external_auth: false,
      mfa_mode: '',
      defaultdividers: [],
    });

    const login = await api.post('/api/v1.1/auth/login/', {
      email: 'johndoe@netsach.com',
      password: 'abcd1234',
    });
    expect(login.status).toBe(200);
    const token = login.body.token as string;

    const me = await api.get('/api/v1.1/account/me/', tokenHeader(token));
    expect(me.status).toBe(200);
    expect(me.body.uid).toBe(registered.body.uid);
    expect((await api.get(`/api/v1.1/account/me/?c_auth_with_token=${token}`)).body).toEqual(me.body);
    expect((await api.get('/v1/me', bearer(token))).body.id).toBe(me.body.uid);

    const reset = await api.post('/api/v1.1/auth/reset-password/', {
      email: 'johndoe@netsach.com',
      url_format: '/redirection-url/{token}/{email}/',
    });
    expect(reset).toMatchObject({ status: 200, body: { email: 'johndoe@netsach.com' } });
    const mail = await mailbox.waitFor('johndoe@netsach.com');
    const link =
      /^http:\/\/id\.gatehouse\.test\/redirection-url\/([0-9a-f-]{36})\/johndoe%40netsach\.com\/$/.exec(
        mail.links[0] ?? '',
      );
    expect(link).not.toBeNull();

    const changed = await api.post('/api/v1.1/auth/change-password/', {
      email: 'johndoe@netsach.com',
      password1: 'another 1234',
      password2: 'another 1234',
      password_change_token: link?.[1],
    });
    expect(changed.status).toBe(200);
    expect(changed.body).toMatchObject({ uid: me.body.uid, email: 'johndoe@netsach.com', public: true });

    for (const old of [token, registered.body.token as string]) {
      const refused = await api.get('/api/v1.1/account/me/', tokenHeader(old));
      expect(refused).toMatchObject({ status: 403, body: { detail: 'Invalid token.' } });
      expect((await api.get('/v1/me', bearer(old))).status).toBe(401);
    }
    expect((await api.get('/api/v1.1/account/me/', tokenHeader(changed.body.token as string))).status).toBe(
      200,
    );
    const oldPassword = await api.post('/api/v1.1/auth/login/', {
      email: 'johndoe@netsach.com',
      password: 'abcd1234',
    });
    expect(oldPassword).toMatchObject({
      status: 401,
      body: { message: 'Wrong auth credentials', _errors: ['WRONG_AUTH_CREDENTIALS'] },
    });
  });
});
