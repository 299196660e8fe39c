import { MINUTE } from '../../src/common/clock.js';
import { bearer, outcome } from '../support/api.js';
import { makePerson, signIn } from '../support/declared-people.js';
import { keyHeader } from '../support/doors.js';
import { startTestGatehouse, type TestGatehouse } from '../support/gatehouse.js';
import { codesMailedTo, EMAIL_FACTOR, mailedCode, makeMailGuarded } from '../support/mailed-codes.js';
import { SignInBrowser } from '../support/sign-in-browser.js';

const FACTORS = '/v1/me/factors';
const TIME = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);

/** The weaker second factor: a code by e-mail, asked for by its user himself. */
describe('/v1/me/factors/email', () => {
  let server: TestGatehouse;
  let count = 0;

  beforeAll(async () => {
    server = await startTestGatehouse();
  });
  afterAll(() => server.stop());

  const email = () => `person-${++count}@example.com`;
  const send = (method: string, headers: Record<string, string>) =>
    server.api.send(method, EMAIL_FACTOR, undefined, headers);
  const overview = async (headers: Record<string, string>) => (await server.api.get(FACTORS, headers)).body;

  it('is asked for, shown, asked for again, and taken away', async () => {
    const ada = await makePerson(server, { email: email() });
    const headers = bearer(await signIn(server, ada));
    const none = { totp: null, recoveryCodesLeft: 0, email: null, passkeys: 0 };
    expect(await overview(headers)).toEqual(none);
    for (let time = 0; time < 2; time += 1) {
      expect(outcome(await send('PUT', headers))).toEqual({ status: 204, body: '' });
      expect(await overview(headers)).toEqual({ ...none, email: { enabledAt: TIME } });
    }
    expect((await new SignInBrowser(server, ada).open()).body.code).toBe('second-factor-required');
    expect((await send('DELETE', headers)).status).toBe(204);
    expect(await send('DELETE', headers)).toMatchObject({ status: 404, body: { code: 'factor-not-found' } });
    expect(await overview(headers)).toEqual(none);
    expect((await new SignInBrowser(server, ada).open()).status).toBe(201);
  });

  it('needs a confirmed address', async () => {
    const ada = await makePerson(server, { email: email(), emailVerified: false });
    const headers = bearer(await signIn(server, ada));
    expect(await send('PUT', headers)).toMatchObject({
      status: 409,
      body: { code: 'address-not-confirmed' },
    });
    expect((await new SignInBrowser(server, ada).open()).status).toBe(201);
  });

  it('is open to a person’s own session of the last quarter of an hour, and to nothing else', async () => {
    const ada = await makeMailGuarded(server, { email: email() });
    const key = (await server.api.post('/v1/api-keys', { name: 'robot' }, bearer(ada.token))).body.secret;
    server.clock.advance(15 * MINUTE + 1);
    for (const method of ['PUT', 'DELETE']) {
      expect(await send(method, bearer(ada.token))).toMatchObject({
        status: 403,
        body: { code: 'reauthentication-required' },
      });
      expect((await send(method, keyHeader(key as string))).status).toBe(403);
      expect((await send(method, {})).status).toBe(401);
    }
  });

  it('completes a sign-in in the browser in which it began', async () => {
    const ada = await makeMailGuarded(server, { email: email() });
    const browser = new SignInBrowser(server, ada);
    const waiting = await browser.open();
    expect(outcome(waiting)).toEqual({
      status: 401,
      body: {
        type: 'urn:gatehouse:problem:second-factor-required',
        title: 'Unauthorized',
        status: 401,
        code: 'second-factor-required',
        methods: ['email'],
      },
    });
    expect(waiting.headers.getSetCookie()).toEqual([
      expect.stringMatching(
        /^pending_sign_in=[0-9a-f]{40}; Max-Age=600; Path=\/v1\/sessions; HttpOnly; SameSite=Strict$/,
      ),
    ]);
    expect(waiting.headers.get('cache-control')).toBe('no-store');
    const code = await mailedCode(server, ada.email);
    const opened = await browser.open({ otp: `${code.slice(0, 4)} ${code.slice(4)}` });
    expect(opened.status).toBe(201);
    expect(opened.headers.getSetCookie()).toEqual([
      expect.stringMatching(/^session=[0-9a-f]{40}; /),
      'pending_sign_in=; Max-Age=0; Path=/v1/sessions; HttpOnly; SameSite=Strict',
    ]);
    const session = { cookie: `session=${browser.cookie('session')}` };
    expect((await server.api.get('/v1/me', session)).body.id).toBe(ada.uid);
    expect(await codesMailedTo(server, ada.email)).toBe(1);
  });

  it.each([
    ['en_GB', 'Your code to sign in', '10 minutes'],
    ['fr', 'Votre code de connexion', '10 minutes'],
    ['pl', 'Twój kod do logowania', '10 minut'],
  ])('is mailed in the language of its user, %s, without a link', async (locale, subject, minutes) => {
    const ada = await makeMailGuarded(server, { email: email() });
    await server.api.patch('/v1/me', { locale }, bearer(ada.token));
    const browser = new SignInBrowser(server, ada);
    await browser.open({}, { 'accept-language': 'de' });
    const mail = await server.mailbox.waitForKind(ada.email, 'sign-in-code');
    expect(mail.subject).toBe(subject);
    expect(mail.text).toMatch(/^\d{8}$/m);
    expect(mail.text).toContain(minutes);
    expect(mail.html).toMatch(/<p>\d{8}<\/p>/);
    expect(`${mail.text}${mail.html}`).not.toMatch(/:\/\/|href/);
  });

  it('is mailed in the browser’s language to who never said his', async () => {
    const ada = await makeMailGuarded(server, { email: email() });
    await new SignInBrowser(server, ada).open({}, { 'accept-language': 'fr-CA' });
    const mail = await server.mailbox.waitForKind(ada.email, 'sign-in-code');
    expect(mail.subject).toBe('Votre code de connexion');
  });
});

describe('the cookie of a sign-in that waits, behind https', () => {
  let server: TestGatehouse;

  beforeAll(async () => {
    server = await startTestGatehouse({ PUBLIC_URL: 'https://id.gatehouse.test' });
  });
  afterAll(() => server.stop());

  it('travels nowhere else', async () => {
    const ada = await makeMailGuarded(server, { email: 'ada@example.com' });
    const answer = await new SignInBrowser(server, ada).open();
    expect(answer.headers.get('set-cookie')).toMatch(/; HttpOnly; Secure; SameSite=Strict$/);
  });
});
