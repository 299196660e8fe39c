import { HandOverUser } from '../../src/accounts/hand-over-user.service.js';
import { SecondStep } from '../../src/auth/second-step.service.js';
import { SYSTEM_ACTOR } from '../../src/common/actor.js';
import { DAY } from '../../src/common/clock.js';
import { Reader } from '../../src/database/db.js';
import { UnitOfWork } from '../../src/database/unit-of-work.js';
import { TrustedDevices } from '../../src/factors/trusted-devices.service.js';
import { Janitor } from '../../src/janitor/janitor.service.js';
import { enrol, makeGuarded, type Guarded } from '../support/authenticator.js';
import { bearer, tokenHeader } from '../support/api.js';
import { block, mailedToken, makePerson, signIn, unblock } from '../support/declared-people.js';
import { startTestGatehouse, type TestGatehouse } from '../support/gatehouse.js';
import { EMAIL_FACTOR, mailedCode, makeMailGuarded } from '../support/mailed-codes.js';
import { queryDatabase } from '../support/raw-database.js';
import { SignInBrowser } from '../support/sign-in-browser.js';

const AUTH = '/api/v1.1/auth';
const NEW = 'another horse 22';

/** The cookie of a trusted device stands in for a second factor, for one user, and for nothing else. */
describe('a trusted device', () => {
  let server: TestGatehouse;
  let count = 0;

  beforeAll(async () => {
    server = await startTestGatehouse();
  });
  afterAll(() => server.stop());

  const email = () => `person-${++count}@example.com`;
  const newcomer = () => makeGuarded(server, { email: email() });
  const trust = async (person: Guarded) => {
    const browser = new SignInBrowser(server, person);
    await browser.open({ otp: person.app.freshCode(), trustDevice: true });
    if ((await browser.open()).status !== 201) throw new Error('Not trusted');
    return browser;
  };
  const send = (method: string, path: string, person: { token: string }, body?: unknown) =>
    server.api.send(method, path, body, bearer(person.token));
  const rowsOf = async ({ uid }: { uid: string }) =>
    (await queryDatabase(server.database, `SELECT id FROM trusted_devices WHERE user_id = '${uid}'`)).length;

  it('is worth nothing to somebody else, nor without the password, nor made up', async () => {
    const [ada, eve] = [await newcomer(), await newcomer()];
    const secret = (await trust(ada)).cookie('trusted_device');
    const tries: [SignInBrowser, string][] = [
      [new SignInBrowser(server, eve).plant('trusted_device', secret), 'second-factor-required'],
      [
        new SignInBrowser(server, { ...ada, password: 'wrong' }).plant('trusted_device', secret),
        'wrong-credentials',
      ],
      [new SignInBrowser(server, ada).plant('trusted_device', 'A'.repeat(43)), 'second-factor-required'],
      [new SignInBrowser(server, ada).plant('session', secret), 'second-factor-required'],
    ];
    for (const [browser, code] of tries) {
      expect(await browser.open()).toMatchObject({ status: 401, body: { code } });
    }
    for (const headers of [bearer(secret!), { cookie: `session=${secret}` }]) {
      expect((await server.api.get('/v1/me', headers)).status).toBe(401);
    }
  });

  it('is not looked at elsewhere: the other doors ask as ever', async () => {
    const ada = await newcomer();
    const cookie = { cookie: `trusted_device=${(await trust(ada)).cookie('trusted_device')}` };
    const { email: username, password } = ada;
    const login = await server.api.post(`${AUTH}/login/`, { email: username, password }, cookie);
    expect(login.body.is_verified).toBe(false);
    expect((await server.api.post('/api/login', { username, password }, cookie)).status).toBe(400);
  });

  it('is no code that was shown: a code that comes with it counts, and a wrong one is refused', async () => {
    const ada = await newcomer();
    const browser = await trust(ada);
    expect((await browser.open({ otp: ada.app.wrongCode() })).body.code).toBe('wrong-factor-code');
  });

  const ends: Record<string, (ada: Guarded) => Promise<unknown>> = {
    'changing one’s password': (ada) =>
      server.api.post(
        `${AUTH}/change-password/`,
        { email: ada.email, password1: NEW, password2: NEW },
        tokenHeader(ada.token),
      ),
    'changing one’s password at the native API': (ada) =>
      send('PUT', '/v1/me/password', ada, { currentPassword: ada.password, password: NEW }),
    'a password that an administrator sets': async (ada) => {
      const admin = await makePerson(server, { email: email(), level: 'admin' });
      const headers = tokenHeader(await signIn(server, admin));
      const body = { email: ada.email, password1: NEW, password2: NEW };
      return server.api.post(`${AUTH}/change-password/`, body, headers);
    },
    'a reset by mail': async (ada) => {
      await server.api.post(`${AUTH}/reset-password/`, { email: ada.email });
      const password_change_token = await mailedToken(server, ada.email);
      const body = { email: ada.email, password1: NEW, password2: NEW, password_change_token };
      return server.api.post(`${AUTH}/change-password/`, body);
    },
    'new recovery codes': (ada) => send('POST', '/v1/me/factors/recovery-codes', ada),
    'asking for codes by e-mail': (ada) => send('PUT', EMAIL_FACTOR, ada),
    'another app': async (ada) => {
      await send('DELETE', '/v1/me/factors/totp', ada);
      return enrol(server, bearer(ada.token));
    },
    'being disabled and enabled': async (ada) => {
      await block(server, ada);
      await unblock(server, ada);
    },
    'codes by e-mail that are given up': async (ada) => {
      await send('PUT', EMAIL_FACTOR, ada);
      const fresh = new SignInBrowser(server, ada);
      await fresh.open({ otp: ada.app.freshCode(), trustDevice: true });
      await send('DELETE', EMAIL_FACTOR, ada);
      expect((await fresh.open()).body.code).toBe('second-factor-required');
    },
  };

  it.each(Object.keys(ends))('ends with %s', async (what) => {
    const ada = await newcomer();
    const browser = await trust(ada);
    await ends[what]!(ada);
    const codes: string[] = [];
    for (const password of [ada.password, NEW]) {
      codes.push((await browser.open({ password })).body.code as string);
    }
    expect(codes.sort()).toEqual(['second-factor-required', 'wrong-credentials']);
  });

  it('ends with the factor that an authority takes away', async () => {
    const ada = await newcomer();
    await trust(ada);
    const admin = await makePerson(server, { email: email(), level: 'admin' });
    const token = await signIn(server, admin);
    expect((await send('DELETE', `/v1/users/${ada.uid}/factors`, { token })).status).toBe(204);
    expect(await rowsOf(ada)).toBe(0);
    const mailed = await makeMailGuarded(server, { email: email() });
    expect((await send('DELETE', `/v1/users/${mailed.uid}/factors`, { token })).status).toBe(204);
    expect((await new SignInBrowser(server, mailed).open()).status).toBe(201);
    expect((await send('DELETE', `/v1/users/${mailed.uid}/factors`, { token })).status).toBe(404);
  });

  it('goes on when the operator hands over a link, and ends when it is used', async () => {
    const ada = await newcomer();
    const browser = await trust(ada);
    const { link } = await server.get(HandOverUser).reset(ada.email);
    expect((await browser.open()).status).toBe(201);
    const [password_change_token] = /[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/.exec(link)!;
    const body = { email: ada.email, password1: NEW, password2: NEW, password_change_token };
    expect((await server.api.post(`${AUTH}/change-password/`, body)).status).toBe(200);
    expect((await browser.open({ password: NEW })).body.code).toBe('second-factor-required');
    expect(await rowsOf(ada)).toBe(0);
  });

  it('that a mailed code made is trusted no more once there is an app', async () => {
    const ada = await makeMailGuarded(server, { email: email() });
    const browser = new SignInBrowser(server, ada);
    await browser.open();
    await browser.open({ otp: await mailedCode(server, ada.email), trustDevice: true });
    expect((await browser.open()).status).toBe(201);
    await enrol(server, bearer(ada.token));
    expect((await browser.open()).body).toMatchObject({ methods: ['app', 'recovery-code'] });
  });

  it('is made once by a code that comes twice at once', async () => {
    const ada = await newcomer();
    const otp = ada.app.freshCode();
    const browsers = [1, 2, 3].map(() => new SignInBrowser(server, ada));
    await Promise.all(browsers.map((browser) => browser.open({ otp, trustDevice: true })));
    expect(browsers.filter((browser) => browser.cookie('trusted_device') !== null)).toHaveLength(1);
    expect(await rowsOf(ada)).toBe(1);
  });

  it('is worth nothing once it is revoked, also to a sign-in under way', async () => {
    const ada = await newcomer();
    const secret = (await trust(ada)).cookie('trusted_device')!;
    const device = await server.get(TrustedDevices).look(server.get(Reader), ada.uid, secret);
    expect(device).not.toBeNull();
    await send('DELETE', '/v1/me/trusted-devices', ada);
    const passage = { proof: null, device, awaits: null, pending: null };
    const settled = server
      .get(UnitOfWork)
      .run((tx) => server.get(SecondStep).settle(tx, SYSTEM_ACTOR, passage));
    await expect(settled).rejects.toMatchObject({
      code: 'second-factor-required',
      params: { methods: ['app', 'recovery-code'] },
    });
  });

  it('is forgotten after its end, and mailed codes after theirs', async () => {
    const ada = await newcomer();
    await trust(ada);
    const eve = await makeMailGuarded(server, { email: email() });
    await new SignInBrowser(server, eve).open();
    const codes = async () =>
      (await queryDatabase(server.database, `SELECT grant_id FROM mailed_codes WHERE user_id = '${eve.uid}'`))
        .length;
    await server.get(Janitor).tidy();
    expect([await rowsOf(ada), await codes()]).toEqual([1, 1]);
    server.clock.advance(30 * DAY);
    await server.get(Janitor).tidy();
    expect([await rowsOf(ada), await codes()]).toEqual([0, 0]);
  });
});
