import { MINUTE } from '../../src/common/clock.js';
import { enrol, makeGuarded, type Guarded } from '../support/authenticator.js';
import { bearer, outcome } from '../support/api.js';
import { cookieHeader, cookieOf } from '../support/cookies.js';
import { mailedToken, makePerson, rowsOf } from '../support/declared-people.js';
import { refreshAt003, signInAt001, signInAt003 } from '../support/doors.js';
import { startTestGatehouse, type TestGatehouse } from '../support/gatehouse.js';
import { queryDatabase } from '../support/raw-database.js';
import { declareClient } from '../support/oauth-clients.js';

/** Contract 3.4: a password alone opens no door to who has a second factor. */
describe('with a second factor', () => {
  let server: TestGatehouse;
  let ada: Guarded;
  const basic = { authorization: `Basic ${btoa('city-app:city-app-secret-0123456789')}` };

  beforeAll(async () => {
    server = await startTestGatehouse();
    ada = await makeGuarded(server, { email: 'ada@example.com', type: 'admin', level: 'admin' });
    await declareClient(server);
  });
  afterAll(() => server.stop());

  /** Refused as a wrong password is, with the whole body, and without a session being opened. */
  async function expectAlike(
    path: string,
    bodyOf: (password: string) => object,
    status: number,
  ): Promise<void> {
    const grants = await rowsOf(server, 'grants');
    const right = await server.api.post(path, bodyOf(ada.password));
    expect(outcome(right)).toEqual(outcome(await server.api.post(path, bodyOf('wrong'))));
    expect(right.status).toBe(status);
    expect(right.headers.get('set-cookie')).toBeNull();
    expect(await rowsOf(server, 'grants')).toBe(grants);
  }

  it('001, 002 and 003 give the plain refusal', async () => {
    await expectAlike('/api/stable/auth/login', (password) => ({ username: ada.email, password }), 401);
    await expectAlike('/api/login', (password) => ({ username: ada.email, password }), 400);
    await expectAlike('/api/admin/login_check', (_password) => ({ _username: ada.email, _password }), 401);
  });

  it('000 gives a token for the right code and invalid_grant without', async () => {
    const ask = (more: object) =>
      server.api.post(
        '/api/oauth/token',
        { grant_type: 'password', username: ada.email, password: ada.password, scope: 'profile', ...more },
        basic,
      );
    const refused = {
      status: 400,
      body: { error: 'invalid_grant', error_description: 'The user name or the password is wrong.' },
    };
    for (const more of [{}, { otp: '' }, { otp: ada.app.wrongCode() }, { password: 'wrong' }]) {
      expect(outcome(await ask(more))).toEqual(refused);
    }
    expect((await ask({ otp: 7 })).body.error).toBe('invalid_request');
    expect((await ask({ otp: ada.app.freshCode() })).status).toBe(201);
  });

  it('the native API tells who knows the password what is missing', async () => {
    const open = (more: object = {}) =>
      server.api.post('/v1/sessions', { identifier: ada.email, password: ada.password, ...more });
    const problem = (code: string) => ({
      status: 401,
      body: { type: `urn:gatehouse:problem:${code}`, title: 'Unauthorized', status: 401, code },
    });
    const required = problem('second-factor-required');
    expect(outcome(await open())).toEqual({
      ...required,
      body: { ...required.body, methods: ['app', 'recovery-code'] },
    });
    expect(outcome(await open({ otp: ada.app.wrongCode() }))).toEqual(problem('wrong-factor-code'));
    expect(outcome(await open({ password: 'wrong' }))).toEqual(problem('wrong-credentials'));
    expect(outcome(await open({ password: 'wrong', otp: ada.app.freshCode() }))).toEqual(
      problem('wrong-credentials'),
    );
    const opened = await open({ otp: ada.app.freshCode() });
    expect(opened.status).toBe(201);
    expect((await server.api.get('/v1/me', cookieHeader(cookieOf(opened)))).status).toBe(200);
  });

  it('a mailed sign-in link opens nothing, and lives on', async () => {
    await server.api.post('/v1/sign-in-links', { email: ada.email });
    const token = await mailedToken(server, ada.email);
    const grants = await rowsOf(server, 'grants');
    const answer = await server.api.post('/api/validate_token', { token });
    const unknown = await server.api.post('/api/validate_token', { token: '0'.repeat(36) });
    expect(outcome(answer)).toEqual(outcome(unknown));
    expect(answer.headers.get('set-cookie')).toBeNull();
    expect(await rowsOf(server, 'grants')).toBe(grants);
  });

  it('a reset by mail sets the password, opens no session and leaves the factor', async () => {
    const person = await makeGuarded(server, { email: 'reset@example.com' });
    await server.api.post('/api/v1.1/auth/reset-password/', { email: person.email });
    const change = {
      email: person.email,
      password1: 'another one 22',
      password2: 'another one 22',
      password_change_token: await mailedToken(server, person.email),
    };
    expect(outcome(await server.api.post('/api/v1.1/auth/change-password/', change))).toEqual({
      status: 200,
      body: { email: person.email, message: 'Password updated !' },
    });
    expect((await server.api.get('/v1/me', bearer(person.token))).status).toBe(401);
    const login = { email: person.email, password: 'another one 22' };
    const pending = await server.api.post('/api/v1.1/auth/login/', login);
    expect(pending.body.is_verified).toBe(false);
    expect((await server.api.get('/v1/me', bearer(pending.body.token as string))).status).toBe(401);
  });

  it('sessions from before go on, refreshed too', async () => {
    const person = await makePerson(server, { email: 'before@example.com', type: 'admin', level: 'manager' });
    const jwt = await signInAt001(server.api, person);
    const { token, refreshToken } = await signInAt003(server.api, person);
    await enrol(server, bearer(token));
    expect((await server.api.get('/api/stable/auth/whoami', bearer(jwt))).status).toBe(200);
    const refreshed = await refreshAt003(server.api, refreshToken);
    expect(refreshed.status).toBe(200);
    expect((await server.api.get('/api/admin/data', bearer(refreshed.body.token as string))).status).toBe(
      200,
    );
  });

  it('a code stands in for the password where one shows once more who one is', async () => {
    const person = await makeGuarded(server, { email: 'again@example.com' });
    const headers = bearer(person.token);
    const confirm = (body: object) => server.api.post('/v1/sessions/current/confirm', body, headers);
    server.clock.advance(16 * MINUTE);
    expect((await server.api.get('/v1/me/factors', headers)).status).toBe(403);
    expect(await confirm({ otp: person.app.wrongCode() })).toMatchObject({
      status: 401,
      body: { code: 'wrong-factor-code' },
    });
    expect((await confirm({ otp: '12' })).status).toBe(400);
    expect((await server.api.get('/v1/me/factors', headers)).status).toBe(403);
    expect((await confirm({ otp: person.app.freshCode() })).status).toBe(204);
    expect((await server.api.get('/v1/me/factors', headers)).status).toBe(200);
    const without = await makePerson(server, { email: 'without@example.com' });
    const jwt = bearer(await signInAt001(server.api, without));
    expect(await server.api.post('/v1/sessions/current/confirm', { otp: '123456' }, jwt)).toMatchObject({
      status: 401,
      body: { code: 'wrong-factor-code' },
    });
  });

  it('erasing the user leaves nothing of it', async () => {
    const person = await makeGuarded(server, { email: 'gone@example.com' });
    const { token } = (
      await server.api.post(
        '/api/oauth/token',
        {
          grant_type: 'password',
          username: person.email,
          password: person.password,
          scope: 'profile',
          otp: person.app.freshCode(),
        },
        basic,
      )
    ).body as { token: { access_token: string } };
    const erased = await server.api.post(
      `/api/users/${person.uid}/delete`,
      undefined,
      bearer(token.access_token),
    );
    expect(erased.status).toBe(204);
    const left = await queryDatabase(
      server.database,
      `SELECT user_id FROM totp_factors WHERE user_id = '${person.uid}'
       UNION ALL SELECT user_id FROM recovery_codes WHERE user_id = '${person.uid}'`,
    );
    expect(left).toEqual([]);
  });
});
