import { jest } from '@jest/globals';
import { MINUTE } from '../../src/common/clock.js';
import { WebAuthn } from '../../src/factors/webauthn.service.js';
import { bearer, outcome, tokenHeader } from '../support/api.js';
import { makeSignedIn, problem } from '../support/api-keys.js';
import { enrol } from '../support/authenticator.js';
import { block, mailedToken, makePerson, signIn } from '../support/declared-people.js';
import { startTestGatehouse, type TestGatehouse } from '../support/gatehouse.js';
import { cookieHeader, cookieOf } from '../support/cookies.js';
import { EMAIL_FACTOR, mailedCode } from '../support/mailed-codes.js';
import { declareClient } from '../support/oauth-clients.js';
import { PasskeyDevice } from '../support/passkey-device.js';
import { addPasskey, makeKeyHolder, PASSKEYS, showPasskey, type KeyHolder } from '../support/passkeys.js';
import { SignInBrowser } from '../support/sign-in-browser.js';

const AUTH = '/api/v1.1/auth';
const NEW = 'another horse 22';
const REFUSED = problem(401, 'wrong-credentials');
const ASKED = problem(401, 'second-factor-required', { methods: ['passkey', 'recovery-code'] });

/** A password alone opens no door to who has a passkey; a passkey alone opens the one that can ask for it. */
describe('with a passkey', () => {
  let server: TestGatehouse;
  let count = 0;
  const basic = { authorization: `Basic ${btoa('city-app:city-app-secret-0123456789')}` };

  beforeAll(async () => {
    server = await startTestGatehouse();
    await declareClient(server);
  });
  afterAll(() => server.stop());

  const email = () => `person-${++count}@doors.example`;
  const holder = () => makeKeyHolder(server, { email: email(), type: 'admin', level: 'manager' });
  const open = (person: { email: string; password: string }, more: object = {}) =>
    new SignInBrowser(server, person).open(more);
  const send = (method: string, path: string, { token }: { token: string }, body?: unknown) =>
    server.api.send(method, path, body, bearer(token));

  it('001, 002 and 003 give the plain refusal', async () => {
    const ada = await holder();
    const doors: [string, (password: string) => object, number][] = [
      ['/api/stable/auth/login', (password) => ({ username: ada.email, password }), 401],
      ['/api/login', (password) => ({ username: ada.email, password }), 400],
      ['/api/admin/login_check', (_password) => ({ _username: ada.email, _password }), 401],
    ];
    for (const [path, bodyOf, status] of doors) {
      const right = await server.api.post(path, bodyOf(ada.password));
      expect(outcome(right)).toEqual(outcome(await server.api.post(path, bodyOf('wrong'))));
      expect([right.status, right.headers.get('set-cookie')]).toEqual([status, null]);
    }
  });

  it('000 and /v1/sessions take a recovery code, once', async () => {
    const ada = await holder();
    const [first, second] = ada.recoveryCodes;
    const at000 = (otp?: string) =>
      server.api.post(
        '/api/oauth/token',
        { grant_type: 'password', username: ada.email, password: ada.password, scope: 'profile', otp },
        basic,
      );
    expect((await at000()).body.error).toBe('invalid_grant');
    expect((await at000(first)).status).toBe(201);
    expect((await at000(first)).body.error).toBe('invalid_grant');
    expect(outcome(await open(ada))).toEqual(ASKED);
    expect(outcome(await open(ada, { otp: first }))).toEqual(problem(401, 'wrong-factor-code'));
    expect(outcome(await open(ada, { otp: '123456' }))).toEqual(problem(401, 'wrong-factor-code'));
    expect((await open(ada, { otp: second })).status).toBe(201);
    expect((await showPasskey(server, ada.device)).status).toBe(201);
  });

  it('004 waits for a recovery code', async () => {
    const ada = await holder();
    const login = await server.api.post(`${AUTH}/login/`, { email: ada.email, password: ada.password });
    expect(login.body).toMatchObject({ is_verified: false, mfa_mode: 'MFA_OTP' });
    expect((await server.api.get('/v1/me', bearer(login.body.token as string))).status).toBe(401);
    const complete = (verification_code: string) =>
      server.api.post(`${AUTH}/two-factor/login/`, {
        email: ada.email,
        token: login.body.token,
        verification_code,
      });
    expect((await complete('12345678')).status).toBe(401);
    const completed = await complete(ada.recoveryCodes[0]!);
    expect(completed.status).toBe(200);
    expect((await server.api.get('/v1/me', bearer(completed.body.token as string))).status).toBe(200);
  });

  it('an app, a recovery code and a passkey do for who has both', async () => {
    const ada = await holder();
    const { app } = await enrol(server, bearer(ada.token));
    const methods = ['app', 'recovery-code', 'passkey'];
    expect(outcome(await open(ada))).toEqual(problem(401, 'second-factor-required', { methods }));
    expect((await open(ada, { otp: app.freshCode() })).status).toBe(201);
    expect((await showPasskey(server, ada.device)).status).toBe(201);
    await send('DELETE', '/v1/me/factors/totp', ada);
    expect(outcome(await open(ada))).toEqual(ASKED);
  });

  it('guessing at recovery codes locks them, the right one too, and no passkey', async () => {
    const ada = await holder();
    for (let tries = 0; tries < 5; tries++) {
      expect((await open(ada, { otp: '0000-0000-0000-0000' })).status).toBe(401);
    }
    expect((await open(ada, { otp: ada.recoveryCodes[0] })).status).toBe(429);
    expect((await showPasskey(server, ada.device)).status).toBe(201);
    server.clock.advance(MINUTE);
    expect((await open(ada, { otp: ada.recoveryCodes[0] })).status).toBe(201);
  });

  it('a recovery code shows once more who one is', async () => {
    const ada = await holder();
    server.clock.advance(16 * MINUTE);
    expect((await send('GET', PASSKEYS, ada)).status).toBe(403);
    const confirm = (otp: string) => send('POST', '/v1/sessions/current/confirm', ada, { otp });
    expect((await confirm('0000-0000-0000-0000')).status).toBe(401);
    expect((await confirm(ada.recoveryCodes[0]!)).status).toBe(204);
    expect((await send('GET', PASSKEYS, ada)).status).toBe(200);
  });

  it('a code by e-mail stands in for none, not even one that was mailed before', async () => {
    const ada = await makeSignedIn(server, { email: email() });
    expect((await send('PUT', EMAIL_FACTOR, ada)).status).toBe(204);
    const browser = new SignInBrowser(server, ada);
    await browser.open();
    const otp = await mailedCode(server, ada.email);
    await addPasskey(server, bearer(ada.token), new PasskeyDevice());
    expect((await browser.open({ otp })).body.code).toBe('wrong-factor-code');
    expect(outcome(await open(ada))).toEqual(ASKED);
  });

  it('a mailed sign-in link opens nothing', async () => {
    const ada = await holder();
    await server.api.post('/v1/sign-in-links', { email: ada.email });
    const token = await mailedToken(server, ada.email);
    const answer = await server.api.post('/api/validate_token', { token });
    expect([answer.status, answer.headers.get('set-cookie')]).toEqual([400, null]);
  });

  async function resetByMail(person: { email: string }): Promise<void> {
    await server.api.post(`${AUTH}/reset-password/`, { email: person.email });
    const token = await mailedToken(server, person.email);
    const body = { email: person.email, password1: NEW, password2: NEW, password_change_token: token };
    expect((await server.api.post(`${AUTH}/change-password/`, body)).status).toBe(200);
  }

  it('a reset by mail, or a password set by an authority, leaves it', async () => {
    const [ada, eve] = [await holder(), await holder()];
    await resetByMail(ada);
    expect(outcome(await open({ ...ada, password: NEW }))).toEqual(ASKED);
    expect((await showPasskey(server, ada.device)).status).toBe(201);
    const root = await makeSignedIn(server, { email: email(), type: 'admin', level: 'superuser' });
    const change = { uid: eve.uid, email: eve.email, password1: NEW, password2: NEW };
    const changed = await server.api.post(`${AUTH}/change-password/`, change, tokenHeader(root.token));
    expect(changed.status).toBe(200);
    expect(outcome(await open({ ...eve, password: NEW }))).toEqual(ASKED);
  });

  it('the first mail that reaches the owner of an address ends one that was there before', async () => {
    const squatted = await makeKeyHolder(server, { email: email(), emailVerified: false });
    expect((await showPasskey(server, squatted.device)).status).toBe(201);
    await resetByMail(squatted);
    expect(outcome(await showPasskey(server, squatted.device))).toEqual(REFUSED);
    const opened = await open({ ...squatted, password: NEW });
    expect(opened.status).toBe(201);
    const ways = await server.api.get('/v1/sessions/current/confirm', cookieHeader(cookieOf(opened)));
    expect(ways.body).toEqual({ methods: ['password'] });
  });

  it('trust in devices ends with each that comes or goes', async () => {
    const ada = await holder();
    const browser = new SignInBrowser(server, ada);
    const trust = async (otp: string) => {
      expect((await browser.open({ otp, trustDevice: true })).status).toBe(201);
      expect((await browser.open()).status).toBe(201);
    };
    await trust(ada.recoveryCodes[0]!);
    const second = await addPasskey(server, bearer(ada.token), new PasskeyDevice());
    expect(outcome(await browser.open())).toEqual(ASKED);
    await trust(ada.recoveryCodes[1]!);
    await send('DELETE', `${PASSKEYS}/${second.body.id}`, ada);
    expect(outcome(await browser.open())).toEqual(ASKED);
  });

  it('an administrator takes it away, with the sessions and the codes', async () => {
    const ada = await holder();
    const root = await makeSignedIn(server, { email: email(), type: 'admin', level: 'superuser' });
    expect((await send('DELETE', `/v1/users/${ada.uid}/factors`, root)).status).toBe(204);
    expect((await send('GET', '/v1/me', ada)).status).toBe(401);
    expect(outcome(await showPasskey(server, ada.device))).toEqual(REFUSED);
    expect((await open(ada)).status).toBe(201);
    expect((await send('DELETE', `/v1/users/${ada.uid}/factors`, root)).status).toBe(404);
    const again = { token: await signIn(server, ada) };
    expect((await send('GET', '/v1/me/factors', again)).body.recoveryCodesLeft).toBe(0);
  });

  const MEANWHILE: Record<string, (person: KeyHolder) => Promise<unknown>> = {
    'its user is blocked': (person) => block(server, person),
    'it is taken away': (person) => send('DELETE', `${PASSKEYS}/${person.passkeyId}`, person),
    'its user’s sessions end with another password': (person) =>
      server.api.post(
        `${AUTH}/change-password/`,
        { email: person.email, password1: NEW, password2: NEW },
        tokenHeader(person.token),
      ),
  };
  it.each(Object.keys(MEANWHILE))('no session is left behind when %s while it is looked at', async (what) => {
    const ada = await holder();
    const webAuthn = server.get(WebAuthn);
    const look = webAuthn.shown.bind(webAuthn);
    const spy = jest.spyOn(webAuthn, 'shown').mockImplementationOnce(async (...args) => {
      const proof = await look(...args);
      expect(proof).not.toBeNull();
      await MEANWHILE[what]!(ada);
      return proof;
    });
    try {
      expect(outcome(await showPasskey(server, ada.device))).toEqual(REFUSED);
      expect(spy).toHaveBeenCalledTimes(1);
    } finally {
      spy.mockRestore();
    }
  });

  it('who must have a factor has one, with no address that is confirmed', async () => {
    const fields = { type: 'admin', level: 'superuser', emailVerified: false } as const;
    const root = await makeKeyHolder(server, { email: email(), ...fields });
    const other = await makePerson(server, { email: email(), ...fields });
    expect((await send('PUT', '/v1/factor-policy', root, { requiredFrom: 'superuser' })).status).toBe(204);
    try {
      expect((await showPasskey(server, root.device)).status).toBe(201);
      expect(outcome(await open(root))).toEqual(ASKED);
      expect(outcome(await open(other))).toEqual(problem(401, 'second-factor-required', { methods: [] }));
    } finally {
      await send('PUT', '/v1/factor-policy', root, { requiredFrom: null });
    }
  });
});
