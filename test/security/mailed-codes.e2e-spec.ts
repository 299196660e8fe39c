import { MINUTE, SECOND } from '../../src/common/clock.js';
import { AuthenticatorApp, enrol } from '../support/authenticator.js';
import { bearer, outcome, tokenHeader } from '../support/api.js';
import { mailedToken, mailsWrittenTo, rowsOf } from '../support/declared-people.js';
import { startTestGatehouse, type TestGatehouse } from '../support/gatehouse.js';
import {
  codesMailedTo,
  mailedCode,
  makeMailGuarded,
  wrongCodeFor,
  type MailGuarded,
} from '../support/mailed-codes.js';
import { SignInBrowser } from '../support/sign-in-browser.js';

const LOGIN = '/api/v1.1/auth/login/';
const COMPLETE = '/api/v1.1/auth/two-factor/login/';

/** A mailed code is good for its own sign-in, once, for ten minutes, and never instead of an app. */
describe('a code by e-mail', () => {
  let server: TestGatehouse;
  let count = 0;

  beforeAll(async () => {
    server = await startTestGatehouse();
  });
  afterAll(() => server.stop());

  const newcomer = () => makeMailGuarded(server, { email: `person-${++count}@example.com` });
  const begin = async (person: MailGuarded, mails = 1) => {
    const browser = new SignInBrowser(server, person);
    const answer = await browser.open();
    if (answer.status !== 401) throw new Error(`Not awaited: ${answer.status}`);
    return { browser, code: await mailedCode(server, person.email, mails) };
  };
  const login = ({ email, password }: MailGuarded) => server.api.post(LOGIN, { email, password });
  const complete = ({ email }: MailGuarded, token: unknown, code: string) =>
    server.api.post(COMPLETE, { email, token, verification_code: code });
  const refused = (code: string) => ({ status: 401, body: { code } });

  it('completes a sign-in at 004', async () => {
    const ada = await newcomer();
    const pending = await login(ada);
    expect(pending).toMatchObject({ status: 200, body: { is_verified: false, mfa_mode: 'MFA_EMAIL' } });
    const { token } = pending.body as { token: string };
    const code = await mailedCode(server, ada.email);
    expect((await complete(ada, token, wrongCodeFor(code))).status).toBe(401);
    const done = await complete(ada, token, code);
    expect(done).toMatchObject({ status: 200, body: { is_verified: true, mfa_mode: '' } });
    expect((await server.api.get('/v1/me', bearer(done.body.token as string))).status).toBe(200);
    expect((await complete(ada, token, code)).status).toBe(401);
  });

  it('is refused in another browser, and for another sign-in', async () => {
    const ada = await newcomer();
    const { browser, code } = await begin(ada);
    expect(await new SignInBrowser(server, ada).open({ otp: code })).toMatchObject(
      refused('pending-sign-in-unknown'),
    );
    server.clock.advance(MINUTE);
    const other = await begin(ada, 2);
    expect(await other.browser.open({ otp: code })).toMatchObject(refused('wrong-factor-code'));
    expect(await browser.open({ otp: other.code })).toMatchObject(refused('wrong-factor-code'));
    const eve = await newcomer();
    const planted = new SignInBrowser(server, eve).plant(
      'pending_sign_in',
      browser.cookie('pending_sign_in'),
    );
    expect(await planted.open({ otp: code })).toMatchObject(refused('pending-sign-in-unknown'));
    expect((await browser.open({ otp: code })).status).toBe(201);
    expect((await other.browser.open({ otp: other.code })).status).toBe(201);
  });

  it('is refused at the other door, whose sign-in is another', async () => {
    const ada = await newcomer();
    const { browser, code } = await begin(ada);
    expect((await complete(ada, browser.cookie('pending_sign_in'), code)).status).toBe(401);
    server.clock.advance(MINUTE);
    const { token } = (await login(ada)).body as { token: string };
    const second = await mailedCode(server, ada.email, 2);
    const planted = new SignInBrowser(server, ada).plant('pending_sign_in', token);
    expect(await planted.open({ otp: second })).toMatchObject(refused('pending-sign-in-unknown'));
    expect((await complete(ada, token, code)).status).toBe(401);
    expect((await complete(ada, token, second)).status).toBe(200);
  });

  it('works once', async () => {
    const ada = await newcomer();
    const { browser, code } = await begin(ada);
    const pending = browser.cookie('pending_sign_in');
    expect((await browser.open({ otp: code })).status).toBe(201);
    expect(await browser.open({ otp: code })).toMatchObject(refused('pending-sign-in-unknown'));
    browser.plant('pending_sign_in', pending);
    expect(await browser.open({ otp: code })).toMatchObject(refused('pending-sign-in-expired'));
  });

  it('opens one session when it comes many times at once, at either door', async () => {
    const ada = await newcomer();
    const { browser, code } = await begin(ada);
    const answers = await Promise.all([1, 2, 3, 4].map(() => browser.open({ otp: code })));
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 401, 401, 401]);
    const eve = await newcomer();
    const { token } = (await login(eve)).body as { token: string };
    const other = await mailedCode(server, eve.email);
    const completed = await Promise.all([1, 2, 3].map(() => complete(eve, token, other)));
    expect(completed.map(({ status }) => status).sort()).toEqual([200, 401, 401]);
  });

  it('lasts ten minutes', async () => {
    const ada = await newcomer();
    const { browser, code } = await begin(ada);
    server.clock.advance(10 * MINUTE - 10 * SECOND);
    expect((await browser.open({ otp: wrongCodeFor(code) })).body.code).toBe('wrong-factor-code');
    server.clock.advance(10 * SECOND);
    expect(await browser.open({ otp: code })).toMatchObject(refused('pending-sign-in-expired'));
  });

  it('is not to be guessed: five tries for a sign-in, then the user’s codes are locked', async () => {
    const ada = await newcomer();
    const { browser, code } = await begin(ada);
    for (let time = 0; time < 5; time += 1) {
      expect(await browser.open({ otp: wrongCodeFor(code) })).toMatchObject(refused('wrong-factor-code'));
    }
    expect(await browser.open({ otp: code })).toMatchObject(refused('pending-sign-in-expired'));
    const { token } = (await login(ada)).body as { token: string };
    const locked = await complete(ada, token, code);
    expect(locked.status).toBe(429);
    expect(locked.headers.get('retry-after')).toMatch(/^\d+$/);
    server.clock.advance(MINUTE);
    const again = await begin(ada, 2);
    expect((await again.browser.open({ otp: wrongCodeFor(again.code) })).status).toBe(401);
    expect((await again.browser.open({ otp: again.code })).status).toBe(429);
    server.clock.advance(5 * MINUTE);
    expect((await again.browser.open({ otp: again.code })).status).toBe(201);
    server.clock.advance(MINUTE);
    const last = await begin(ada, 3);
    expect((await last.browser.open({ otp: '1234567' })).status).toBe(401);
    expect((await last.browser.open({ otp: last.code })).status).toBe(201);
  });

  it('lets no more than five of many that come together be looked at', async () => {
    const ada = await newcomer();
    const { browser, code } = await begin(ada);
    const tries = Array.from({ length: 20 }, () => browser.open({ otp: wrongCodeFor(code) }));
    const codes = (await Promise.all(tries)).map(({ body }) => (body as { code: string }).code);
    expect(codes.filter((told) => told === 'wrong-factor-code')).toHaveLength(5);
    expect((await browser.open({ otp: code })).status).toBe(401);
  });

  it('dies with a newer one in the same browser; within a minute none is mailed and it lives on', async () => {
    const ada = await newcomer();
    const { browser, code } = await begin(ada);
    const pending = browser.cookie('pending_sign_in');
    const waiting = await browser.open();
    expect(waiting.body).toMatchObject({ code: 'second-factor-required', methods: ['email'] });
    expect(browser.cookie('pending_sign_in')).toBe(pending);
    expect(await codesMailedTo(server, ada.email)).toBe(1);
    server.clock.advance(MINUTE);
    await browser.open();
    const newer = await mailedCode(server, ada.email, 2);
    const old = new SignInBrowser(server, ada).plant('pending_sign_in', pending);
    expect(await old.open({ otp: code })).toMatchObject(refused('pending-sign-in-expired'));
    expect(await browser.open({ otp: code })).toMatchObject(refused('wrong-factor-code'));
    expect((await browser.open({ otp: newer })).status).toBe(201);
  });

  it('is mailed once a minute, whichever door asks; the answer tells nothing of it', async () => {
    const ada = await newcomer();
    const { code } = await begin(ada);
    const other = new SignInBrowser(server, ada);
    expect((await other.open()).body).toMatchObject({ code: 'second-factor-required', methods: ['email'] });
    expect((await login(ada)).body).toMatchObject({ is_verified: false, mfa_mode: 'MFA_EMAIL' });
    expect(await codesMailedTo(server, ada.email)).toBe(1);
    expect(await other.open({ otp: code })).toMatchObject(refused('wrong-factor-code'));
  });

  it('opens nothing before it is shown: the cookie of a sign-in that waits is no credential', async () => {
    const ada = await newcomer();
    const { browser } = await begin(ada);
    const pending = browser.cookie('pending_sign_in')!;
    const headers = [
      { cookie: `session=${pending}` },
      bearer(pending),
      { authorization: `Token ${pending}` },
    ];
    for (const shown of headers) {
      expect([401, 403]).toContain((await server.api.get('/v1/me', shown)).status);
      expect([401, 403]).toContain((await server.api.get('/api/v1.1/account/me/', shown)).status);
    }
  });

  it('needs the password too, and does not survive its change', async () => {
    const ada = await newcomer();
    const { browser, code } = await begin(ada);
    expect(await browser.open({ password: 'wrong', otp: code })).toMatchObject(refused('wrong-credentials'));
    const password = 'another horse 22';
    await server.api.post(
      '/api/v1.1/auth/change-password/',
      { email: ada.email, password1: password, password2: password },
      tokenHeader(ada.token),
    );
    expect(await browser.open({ password, otp: code })).toMatchObject(refused('pending-sign-in-expired'));
  });

  it('is never a way around an authenticator app', async () => {
    const ada = await newcomer();
    const { browser, code } = await begin(ada);
    server.clock.advance(MINUTE);
    const { token } = (await login(ada)).body as { token: string };
    const second = await mailedCode(server, ada.email, 2);
    const { app } = await enrol(server, bearer(ada.token));
    expect((await browser.open({ otp: code })).status).toBe(401);
    expect((await complete(ada, token, second)).status).toBe(401);
    server.clock.advance(MINUTE);
    const fresh = new SignInBrowser(server, ada);
    expect((await fresh.open()).body).toMatchObject({ methods: ['app', 'recovery-code'] });
    expect(fresh.cookie('pending_sign_in')).toBeNull();
    expect((await login(ada)).body).toMatchObject({ is_verified: false, mfa_mode: 'MFA_OTP' });
    expect(await codesMailedTo(server, ada.email)).toBe(2);
    expect((await complete(ada, token, app.freshCode())).status).toBe(200);
    expect((await fresh.open({ otp: app.freshCode() })).status).toBe(201);
  });

  it('is not spent either when the app is confirmed while it is looked at', async () => {
    const ada = await newcomer();
    const { browser, code } = await begin(ada);
    const offer = await server.api.post('/v1/me/factors/totp', undefined, bearer(ada.token));
    const app = new AuthenticatorApp(server, offer.body.secret as string);
    const [confirmed, opened] = await Promise.all([
      server.api.post('/v1/me/factors/totp/confirm', { code: app.code() }, bearer(ada.token)),
      browser.open({ otp: code, trustDevice: true }),
    ]);
    expect(confirmed.status).toBe(200);
    expect([201, 401]).toContain(opened.status);
    expect((await browser.open()).body).toMatchObject({ methods: ['app', 'recovery-code'] });
  });

  it('stands in for the password nowhere', async () => {
    const ada = await newcomer();
    const { code } = await begin(ada);
    const confirm = await server.api.post('/v1/sessions/current/confirm', { otp: code }, bearer(ada.token));
    expect(confirm).toMatchObject(refused('wrong-factor-code'));
  });

  it('goes to the address that was confirmed, until another one is', async () => {
    const ada = await newcomer();
    const moved = { ...ada, email: `moved-${count}@example.com` };
    const moving = { email: moved.email };
    const patched = await server.api.patch('/api/v1.1/account/me/', moving, tokenHeader(ada.token));
    expect(patched.status).toBe(200);
    await new SignInBrowser(server, moved).open();
    expect(await mailsWrittenTo(server, ada.email)).toEqual([
      'factor-changed',
      'email-changed',
      'sign-in-code',
    ]);
    expect(await codesMailedTo(server, moved.email)).toBe(0);
    await server.api.post('/api/v1.1/auth/reset-password/', { email: moved.email });
    const change = {
      email: moved.email,
      password1: 'another one 22',
      password2: 'another one 22',
      password_change_token: await mailedToken(server, moved.email),
    };
    expect(outcome(await server.api.post('/api/v1.1/auth/change-password/', change))).toEqual({
      status: 200,
      body: { email: moved.email, message: 'Password updated !' },
    });
    server.clock.advance(MINUTE);
    const browser = new SignInBrowser(server, { ...moved, password: 'another one 22' });
    expect((await browser.open()).body).toMatchObject({ methods: ['email'] });
    expect(await codesMailedTo(server, ada.email)).toBe(1);
    expect((await browser.open({ otp: await mailedCode(server, moved.email) })).status).toBe(201);
  });

  it('is mailed to nobody for a wrong password', async () => {
    const ada = await newcomer();
    const grants = await rowsOf(server, 'grants');
    const wrong = new SignInBrowser(server, { ...ada, password: 'wrong' });
    expect((await wrong.open()).body.code).toBe('wrong-credentials');
    expect(wrong.cookie('pending_sign_in')).toBeNull();
    expect(await rowsOf(server, 'grants')).toBe(grants);
    expect(await codesMailedTo(server, ada.email)).toBe(0);
  });
});

describe('the quota of codes by e-mail', () => {
  let server: TestGatehouse;

  beforeAll(async () => {
    server = await startTestGatehouse({ RATE_LIMITS: 'on' });
  });
  afterAll(() => server.stop());

  it('is five an hour: then the sign-in waits for a code that does not come, and the answer is the same', async () => {
    const ada = await makeMailGuarded(server, { email: 'ada@example.com' });
    const answers: unknown[] = [];
    for (let time = 0; time < 7; time += 1) {
      answers.push(outcome(await new SignInBrowser(server, ada).open()));
      server.clock.advance(2 * MINUTE);
    }
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
    expect(await codesMailedTo(server, ada.email)).toBe(5);
    server.clock.advance(50 * MINUTE);
    const browser = new SignInBrowser(server, ada);
    await browser.open();
    expect((await browser.open({ otp: await mailedCode(server, ada.email, 6) })).status).toBe(201);
  });
});
