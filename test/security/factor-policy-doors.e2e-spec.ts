import { MINUTE } from '../../src/common/clock.js';
import { enrol } from '../support/authenticator.js';
import { bearer, outcome } from '../support/api.js';
import {
  mailedToken,
  makePerson,
  PASSWORD,
  rowsOf,
  signIn,
  type Person,
} from '../support/declared-people.js';
import { keyHeader, refreshAt003, signInAt003 } from '../support/doors.js';
import { startTestGatehouse, type TestGatehouse } from '../support/gatehouse.js';
import { codesMailedTo, mailedCode, makeMailGuarded } from '../support/mailed-codes.js';
import { declareClient } from '../support/oauth-clients.js';
import { SignInBrowser } from '../support/sign-in-browser.js';

const AUTH = '/api/v1.1/auth';
const NEW = 'another horse 22';
const BASIC = { authorization: `Basic ${btoa('city-app:city-app-secret-0123456789')}` };

/** Codes by e-mail, asked for or because one must have a factor: a password alone opens no door. */
describe.each(['his own wish', 'the policy'])('a code by e-mail, by %s', (reason) => {
  let server: TestGatehouse;
  let root: Record<string, string>;
  let ada: Person;

  beforeAll(async () => {
    server = await startTestGatehouse();
    await declareClient(server);
    const person = await makePerson(server, { email: 'root@example.com', level: 'superuser' });
    root = bearer(await signIn(server, person));
    ada = await guarded('ada@example.com');
  });
  afterAll(() => server.stop());

  /** An administrator who is to show a code at his next sign-in. */
  async function guarded(email: string): Promise<Person> {
    const fields = { email, type: 'admin', level: 'admin' } as const;
    if (reason === 'his own wish') return makeMailGuarded(server, fields);
    await requireFrom('admin');
    return makePerson(server, fields);
  }
  async function requireFrom(requiredFrom: string | null): Promise<void> {
    await server.api.post('/v1/sessions/current/confirm', { password: PASSWORD }, root);
    const answer = await server.api.send('PUT', '/v1/factor-policy', { requiredFrom }, root);
    if (answer.status !== 204) throw new Error(`Not decided: ${answer.status}`);
  }

  it('000, 001, 002 and 003 refuse as they do a wrong password, and mail nothing', async () => {
    const grants = await rowsOf(server, 'grants');
    const mails = await codesMailedTo(server, ada.email);
    const doors: [string, (password: string) => object, Record<string, string>?][] = [
      ['/api/stable/auth/login', (password) => ({ username: ada.email, password })],
      ['/api/login', (password) => ({ username: ada.email, password })],
      ['/api/admin/login_check', (_password) => ({ _username: ada.email, _password })],
      [
        '/api/oauth/token',
        (password) => ({ grant_type: 'password', username: ada.email, password, scope: 'profile' }),
        BASIC,
      ],
    ];
    for (const [path, bodyOf, headers] of doors) {
      const right = await server.api.post(path, bodyOf(ada.password), headers);
      const wrong = await server.api.post(path, bodyOf('wrong'), headers);
      expect(outcome(right)).toEqual(outcome(wrong));
      expect([400, 401]).toContain(right.status);
      expect(right.headers.get('set-cookie')).toBeNull();
    }
    expect(await rowsOf(server, 'grants')).toBe(grants);
    expect(await codesMailedTo(server, ada.email)).toBe(mails);
  });

  it('000 takes no mailed code either: it has no place for a sign-in that waits', async () => {
    server.clock.advance(MINUTE);
    const browser = new SignInBrowser(server, ada);
    await browser.open();
    const otp = await mailedCode(server, ada.email, await codesMailedTo(server, ada.email));
    const { email: username, password } = ada;
    const body = { grant_type: 'password', username, password, scope: 'profile', otp };
    expect((await server.api.post('/api/oauth/token', body, BASIC)).body.error).toBe('invalid_grant');
    expect((await browser.open({ otp })).status).toBe(201);
  });

  it('004 and the native API mail a code and open for it', async () => {
    server.clock.advance(MINUTE);
    const { email, password } = ada;
    const login = await server.api.post(`${AUTH}/login/`, { email, password });
    expect(login.body).toMatchObject({ is_verified: false, mfa_mode: 'MFA_EMAIL' });
    const verification_code = await mailedCode(server, email, await codesMailedTo(server, email));
    const token = login.body.token as string;
    const complete = { email, token, verification_code };
    expect((await server.api.post(`${AUTH}/two-factor/login/`, complete)).status).toBe(200);
  });

  it('a mailed sign-in link opens nothing', async () => {
    const person = await guarded('links@example.com');
    await server.api.post('/v1/sign-in-links', { email: person.email });
    const token = await mailedToken(server, person.email);
    const grants = await rowsOf(server, 'grants');
    expect((await server.api.post('/api/validate_token', { token })).status).toBe(400);
    expect(await rowsOf(server, 'grants')).toBe(grants);
  });

  it('a reset by mail sets the password and opens nothing', async () => {
    const person = await guarded('reset@example.com');
    await server.api.post(`${AUTH}/reset-password/`, { email: person.email });
    const password_change_token = await mailedToken(server, person.email);
    const body = { email: person.email, password1: NEW, password2: NEW, password_change_token };
    expect(outcome(await server.api.post(`${AUTH}/change-password/`, body))).toEqual({
      status: 200,
      body: { email: person.email, message: 'Password updated !' },
    });
    const browser = new SignInBrowser(server, { ...person, password: NEW });
    expect((await browser.open()).body).toMatchObject({ methods: ['email'] });
  });

  it('sessions and keys from before go on', async () => {
    if (reason === 'the policy') await requireFrom(null);
    const fields = { email: 'before@example.com', type: 'admin', level: 'admin' } as const;
    const person = await makePerson(server, fields);
    const { token, refreshToken } = await signInAt003(server.api, person);
    const key = (await server.api.post('/v1/api-keys', { name: 'robot' }, bearer(token))).body.secret;
    if (reason === 'the policy') await requireFrom('admin');
    else await server.api.send('PUT', '/v1/me/factors/email', undefined, bearer(token));
    expect((await new SignInBrowser(server, person).open()).status).toBe(401);
    expect((await server.api.get('/v1/me', keyHeader(key as string))).status).toBe(200);
    const refreshed = await refreshAt003(server.api, refreshToken);
    expect((await server.api.get('/v1/me', bearer(refreshed.body.token as string))).status).toBe(200);
  });
});

describe('a factor that one must have', () => {
  let server: TestGatehouse;

  beforeAll(async () => {
    server = await startTestGatehouse();
    const root = await makePerson(server, { email: 'root@example.com', level: 'superuser' });
    const headers = bearer(await signIn(server, root));
    await server.api.send('PUT', '/v1/factor-policy', { requiredFrom: 'manager' }, headers);
  });
  afterAll(() => server.stop());

  it('shuts out who has neither a factor nor a confirmed address, until he confirms it', async () => {
    const person = await makePerson(server, {
      email: 'lonely@example.com',
      level: 'manager',
      emailVerified: false,
    });
    const browser = new SignInBrowser(server, person);
    expect((await browser.open()).body).toMatchObject({ code: 'second-factor-required', methods: [] });
    expect((await browser.open({ otp: '12345678' })).body).toMatchObject({ methods: [] });
    expect(browser.cookie('pending_sign_in')).toBeNull();
    const { email, password } = person;
    const login = await server.api.post(`${AUTH}/login/`, { email, password });
    expect(login.body).toMatchObject({ is_verified: false });
    const complete = { email, token: login.body.token as string, verification_code: '12345678' };
    expect((await server.api.post(`${AUTH}/two-factor/login/`, complete)).status).toBe(401);
    expect(await codesMailedTo(server, email)).toBe(0);
    await server.api.post(`${AUTH}/reset-password/`, { email });
    const password_change_token = await mailedToken(server, email);
    const body = { email, password1: NEW, password2: NEW, password_change_token };
    expect((await server.api.post(`${AUTH}/change-password/`, body)).status).toBe(200);
    const again = new SignInBrowser(server, { ...person, password: NEW });
    expect((await again.open()).body).toMatchObject({ methods: ['email'] });
    expect((await again.open({ otp: await mailedCode(server, email) })).status).toBe(201);
  });

  it('is the app of who has one; without it a code is mailed', async () => {
    const person = await makePerson(server, { email: 'app@example.com', level: 'admin' });
    const browser = new SignInBrowser(server, person);
    await browser.open();
    await browser.open({ otp: await mailedCode(server, person.email) });
    const headers = { cookie: `session=${browser.cookie('session')}` };
    const { app } = await enrol(server, headers);
    expect((await browser.open()).body).toMatchObject({ methods: ['app', 'recovery-code'] });
    expect((await browser.open({ otp: app.freshCode() })).status).toBe(201);
    const fresh = { cookie: `session=${browser.cookie('session')}` };
    expect((await server.api.send('DELETE', '/v1/me/factors/totp', undefined, fresh)).status).toBe(204);
    server.clock.advance(MINUTE);
    expect((await browser.open()).body).toMatchObject({ methods: ['email'] });
  });
});
