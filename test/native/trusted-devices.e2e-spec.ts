import { DAY, MINUTE } from '../../src/common/clock.js';
import { makeGuarded, type Guarded } from '../support/authenticator.js';
import { bearer, outcome } from '../support/api.js';
import { keyHeader } from '../support/doors.js';
import { startTestGatehouse, type TestGatehouse } from '../support/gatehouse.js';
import { mailedCode, makeMailGuarded } from '../support/mailed-codes.js';
import { SignInBrowser } from '../support/sign-in-browser.js';

const DEVICES = '/v1/me/trusted-devices';
const TIME = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);

/** A browser that showed a second factor is not asked for it for 30 days, if its user wants that. */
describe('/v1/me/trusted-devices', () => {
  let server: TestGatehouse;
  let count = 0;

  beforeAll(async () => {
    server = await startTestGatehouse();
  });
  afterAll(() => server.stop());

  const newcomer = () => makeGuarded(server, { email: `person-${++count}@example.com` });
  const trust = async (person: Guarded, headers: Record<string, string> = {}) => {
    const browser = new SignInBrowser(server, person);
    const answer = await browser.open({ otp: person.app.freshCode(), trustDevice: true }, headers);
    if (answer.status !== 201) throw new Error(`Not trusted: ${answer.status}`);
    return browser;
  };
  const session = (browser: SignInBrowser) => ({ cookie: `session=${browser.cookie('session')}` });
  const list = async (headers: Record<string, string>, query = '') =>
    (await server.api.get(`${DEVICES}${query}`, headers)).body as {
      items: { id: string }[];
      nextCursor: string | null;
    };

  it('come with a right code, in a cookie for the sign-in alone, and are listed', async () => {
    const ada = await newcomer();
    const browser = new SignInBrowser(server, ada);
    const opened = await browser.open(
      { otp: ada.app.freshCode(), trustDevice: true },
      { 'user-agent': 'Firefox' },
    );
    expect(opened.headers.getSetCookie()).toEqual([
      expect.stringMatching(/^session=/),
      expect.stringMatching(
        /^trusted_device=[\w-]{43}; Max-Age=2592000; Path=\/v1\/sessions; HttpOnly; SameSite=Strict$/,
      ),
    ]);
    expect(await list(session(browser))).toEqual({
      items: [
        {
          id: expect.any(String),
          userAgent: 'Firefox',
          address: '127.0.0.1',
          createdAt: TIME,
          lastUsedAt: TIME,
          expiresAt: TIME,
        },
      ],
      nextCursor: null,
    });
    expect((await browser.open()).status).toBe(201);
    expect((await browser.open({ password: 'wrong' })).body.code).toBe('wrong-credentials');
    expect((await new SignInBrowser(server, ada).open()).body.code).toBe('second-factor-required');
  });

  it('come with a recovery code and a mailed code too', async () => {
    const ada = await newcomer();
    const browser = new SignInBrowser(server, ada);
    expect((await browser.open({ otp: ada.recoveryCodes[0], trustDevice: true })).status).toBe(201);
    expect((await browser.open()).status).toBe(201);
    const eve = await makeMailGuarded(server, { email: `person-${++count}@example.com` });
    const other = new SignInBrowser(server, eve);
    await other.open({ trustDevice: true });
    expect(other.cookie('trusted_device')).toBeNull();
    const otp = await mailedCode(server, eve.email);
    expect((await other.open({ otp, trustDevice: true })).status).toBe(201);
    server.clock.advance(MINUTE);
    expect((await other.open()).status).toBe(201);
  });

  it('come of nothing else: not unasked, not for who shows no code, not with a wrong one', async () => {
    const ada = await newcomer();
    const browser = new SignInBrowser(server, ada);
    expect((await browser.open({ otp: ada.app.freshCode() })).status).toBe(201);
    expect((await browser.open({ otp: ada.app.wrongCode(), trustDevice: true })).status).toBe(401);
    expect((await browser.open({ trustDevice: 'yes' })).status).toBe(400);
    expect(browser.cookie('trusted_device')).toBeNull();
    const plain = { email: `person-${++count}@example.com`, password: ada.password };
    await server.api.post('/api/v1.1/auth/register/', {
      email: plain.email,
      password1: plain.password,
      password2: plain.password,
    });
    const unguarded = new SignInBrowser(server, plain);
    expect((await unguarded.open({ otp: '123456', trustDevice: true })).status).toBe(201);
    expect(unguarded.cookie('trusted_device')).toBeNull();
  });

  it('last 30 days, and using one moves nothing, nor does asking for another without a code', async () => {
    const ada = await newcomer();
    const browser = await trust(ada);
    const secret = browser.cookie('trusted_device');
    server.clock.advance(30 * DAY - MINUTE);
    expect((await browser.open({ trustDevice: true })).status).toBe(201);
    expect(browser.cookie('trusted_device')).toBe(secret);
    server.clock.advance(MINUTE);
    expect((await browser.open()).body.code).toBe('second-factor-required');
    expect(await list(session(browser))).toEqual({ items: [], nextCursor: null });
  });

  it('are one for a browser: who shows a code again has the old one forgotten', async () => {
    const ada = await newcomer();
    const browser = await trust(ada);
    const old = new SignInBrowser(server, ada).plant('trusted_device', browser.cookie('trusted_device'));
    expect((await browser.open({ otp: ada.app.freshCode(), trustDevice: true })).status).toBe(201);
    expect((await list(session(browser))).items).toHaveLength(1);
    expect((await old.open()).status).toBe(401);
    expect((await browser.open()).status).toBe(201);
  });

  it('are shown by pages', async () => {
    const ada = await newcomer();
    for (let time = 0; time < 3; time += 1) await trust(ada);
    const headers = bearer(ada.token);
    const all = (await list(headers)).items;
    expect(all).toHaveLength(3);
    const first = await list(headers, '?limit=2');
    expect(first.items).toEqual(all.slice(0, 2));
    expect(await list(headers, `?limit=2&cursor=${first.nextCursor}`)).toEqual({
      items: all.slice(2),
      nextCursor: null,
    });
    for (const query of ['?limit=0', '?limit=101', '?cursor=no']) {
      expect((await server.api.get(`${DEVICES}${query}`, headers)).status).toBe(400);
    }
  });

  it('are for a person’s own session to see and to end', async () => {
    const ada = await newcomer();
    const key = (await server.api.post('/v1/api-keys', { name: 'robot' }, bearer(ada.token))).body.secret;
    for (const [method, path] of [
      ['GET', DEVICES],
      ['DELETE', DEVICES],
      ['DELETE', `${DEVICES}/some-id`],
    ] as const) {
      const ask = (headers: Record<string, string>) => server.api.send(method, path, undefined, headers);
      expect((await ask({})).status).toBe(401);
      expect((await ask(keyHeader(key as string))).status).toBe(403);
    }
  });

  it('are revoked one by one or all, by their user alone; sessions go on', async () => {
    const [ada, eve] = [await newcomer(), await newcomer()];
    const [one, other, third] = [await trust(ada), await trust(ada), await trust(ada)];
    const headers = bearer(ada.token);
    const [{ id }] = (await list(headers)).items as [{ id: string }];
    const revoke = (whose: Guarded, path: string) =>
      server.api.send('DELETE', `${DEVICES}${path}`, undefined, bearer(whose.token));
    const unknown = { status: 404, body: { code: 'trusted-device-not-found' } };
    expect(await revoke(eve, `/${id}`)).toMatchObject(unknown);
    expect((await revoke(eve, '')).status).toBe(204);
    expect(outcome(await revoke(ada, `/${id}`))).toEqual({ status: 204, body: '' });
    expect(await revoke(ada, `/${id}`)).toMatchObject(unknown);
    expect(await revoke(ada, '/no-id')).toMatchObject(unknown);
    expect((await server.api.get('/v1/me', session(one))).status).toBe(200);
    expect((await one.open()).status).toBe(401);
    expect((await other.open()).status).toBe(201);
    expect((await revoke(ada, '')).status).toBe(204);
    for (const browser of [other, third]) expect((await browser.open()).status).toBe(401);
    expect((await revoke(ada, '')).status).toBe(204);
  });
});
