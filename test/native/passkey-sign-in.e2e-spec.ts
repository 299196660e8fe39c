import { MINUTE } from '../../src/common/clock.js';
import { bearer, outcome } from '../support/api.js';
import { problem } from '../support/api-keys.js';
import { cookieHeader, cookieOf } from '../support/cookies.js';
import { block, unblock } from '../support/declared-people.js';
import { PUBLIC_URL, startTestGatehouse, type TestGatehouse } from '../support/gatehouse.js';
import { PasskeyDevice, type Misconduct } from '../support/passkey-device.js';
import { ask, makeKeyHolder, PASSKEYS, showPasskey, SIGN_IN } from '../support/passkeys.js';
import { queryDatabase } from '../support/raw-database.js';

const REFUSED = problem(401, 'wrong-credentials');

/** Somebody signs in by a passkey alone: no name, no password, no code. */
describe('POST /v1/sessions/passkey', () => {
  let server: TestGatehouse;
  let count = 0;

  beforeAll(async () => {
    server = await startTestGatehouse();
  });
  afterAll(() => server.stop());

  const holder = (device?: PasskeyDevice) =>
    makeKeyHolder(server, { email: `person-${++count}@passkeys.example` }, device);
  const me = async (cookie: string) => (await server.api.get('/v1/me', cookieHeader(cookie))).status;

  it('is asked of everybody alike, from one browser', async () => {
    const answer = await server.api.post(`${SIGN_IN}/options`);
    expect(outcome(answer)).toEqual({
      status: 200,
      body: {
        challenge: expect.stringMatching(/^[\w-]{43}$/),
        rpId: new URL(PUBLIC_URL).hostname,
        timeout: 5 * MINUTE,
        userVerification: 'required',
      },
    });
    expect(answer.headers.get('cache-control')).toBe('no-store');
    expect(answer.headers.getSetCookie()).toEqual([
      expect.stringMatching(
        /^passkey_sign_in=[\w-]{43}; Max-Age=300; Path=\/v1\/sessions; HttpOnly; SameSite=Strict$/,
      ),
    ]);
  });

  it('opens a session as a password does, and ends the one that came along', async () => {
    const ada = await holder();
    const before = await showPasskey(server, ada.device);
    const { options, headers } = await ask(server);
    const cookie = `${headers.cookie}; session=${cookieOf(before)}; pending_sign_in=whatever`;
    const opened = await server.api.post(SIGN_IN, { response: ada.device.get(options) }, { cookie });
    expect(opened.status).toBe(201);
    expect(opened.body).toMatchObject({
      session: { id: expect.any(String), expiresAt: expect.any(String) },
      user: { id: ada.uid, email: ada.email },
    });
    expect(opened.headers.get('cache-control')).toBe('no-store');
    expect(opened.headers.getSetCookie()).toEqual([
      expect.stringMatching(/^session=[\w-]+; Path=\/; HttpOnly; SameSite=Lax$/),
      expect.stringMatching(/^passkey_sign_in=; Max-Age=0; /),
      expect.stringMatching(/^pending_sign_in=; Max-Age=0; /),
    ]);
    expect([await me(cookieOf(before)), await me(cookieOf(opened))]).toEqual([401, 200]);
    const listed = await server.api.get(PASSKEYS, cookieHeader(cookieOf(opened)));
    expect(listed.body.items).toEqual([expect.objectContaining({ lastUsedAt: expect.any(String) })]);
  });

  it('keeps the cookie for who wants that', async () => {
    const { device } = await holder(new PasskeyDevice(false));
    const opened = await showPasskey(server, device, {}, { remember: true });
    expect(opened.headers.getSetCookie()[0]).toMatch(/; Max-Age=2592000; /);
  });

  const FAULTS: Record<string, Misconduct> = {
    'another origin': { origin: 'https://evil.example' },
    'another host': { rpId: 'evil.example' },
    'a frame on another page': { crossOrigin: true },
    'a registration': { type: 'webauthn.create' },
    'a device that lets anybody use it': { verifiesUser: false },
    'a key of somebody else': { key: new PasskeyDevice().privateKey },
    'another user’s name': { userHandle: 'AAAAAAAAAAAAAAAAAAAAAA' },
    'a count that has not gone up': { counter: 1 },
    'a count that has gone back to nothing': { counter: 0 },
    'a credential of nobody': { id: 'AAAA' },
  };
  it.each(Object.entries(FAULTS))('is refused to %s', async (_, misconduct) => {
    const { device } = await holder();
    const refused = await showPasskey(server, device, misconduct);
    expect(outcome(refused)).toEqual(REFUSED);
    expect(cookieOf(refused)).toBe('');
    expect((await showPasskey(server, device)).status).toBe(201);
  });

  it('is refused to somebody’s device under the name of another’s', async () => {
    const [ada, eve] = [await holder(), await holder()];
    expect(outcome(await showPasskey(server, eve.device, { id: ada.device.id }))).toEqual(REFUSED);
  });

  it('takes the highest count there is', async () => {
    const { device } = await holder();
    expect((await showPasskey(server, device, { counter: 0xffffffff })).status).toBe(201);
    expect(outcome(await showPasskey(server, device))).toEqual(REFUSED);
  });

  it('takes a challenge once, within five minutes, from the browser that was asked', async () => {
    const { device } = await holder(new PasskeyDevice(false));
    const { options, headers } = await ask(server);
    const response = device.get(options);
    const send = (cookies: Record<string, string>) => server.api.post(SIGN_IN, { response }, cookies);
    expect(outcome(await send({}))).toEqual(REFUSED);
    expect(outcome(await send((await ask(server)).headers))).toEqual(REFUSED);
    expect((await send(headers)).status).toBe(201);
    expect(outcome(await send(headers))).toEqual(REFUSED);
    const late = await ask(server);
    server.clock.advance(5 * MINUTE);
    const answer = await server.api.post(SIGN_IN, { response: device.get(late.options) }, late.headers);
    expect(outcome(answer)).toEqual(REFUSED);
  });

  it('uses a challenge up with the first answer, whosever it is', async () => {
    const { device } = await holder();
    const { options, headers } = await ask(server);
    const send = (response: object) => server.api.post(SIGN_IN, { response }, headers);
    expect(outcome(await send(device.get(options, { id: 'AAAA' })))).toEqual(REFUSED);
    expect(outcome(await send(device.get(options)))).toEqual(REFUSED);
  });

  it('takes no challenge of a registration', async () => {
    const ada = await holder();
    const cookie = await signInCookieOfPasskey(ada.device);
    const offered = await server.api.post(`${PASSKEYS}/options`, undefined, cookieHeader(cookie));
    const { headers } = await ask(server);
    const answer = await server.api.post(SIGN_IN, { response: ada.device.get(offered.body) }, headers);
    expect(outcome(answer)).toEqual(REFUSED);
  });

  it('goes on in two windows of one browser', async () => {
    const { device } = await holder();
    const first = await ask(server);
    const second = await ask(server, first.headers);
    expect(second.headers).toEqual(first.headers);
    for (const { options, headers } of [first, second]) {
      expect((await server.api.post(SIGN_IN, { response: device.get(options) }, headers)).status).toBe(201);
    }
  });

  it('opens one session of many that race with one answer', async () => {
    const ada = await holder(new PasskeyDevice(false));
    const { options, headers } = await ask(server);
    const response = ada.device.get(options);
    const all = Array.from({ length: 6 }, () => server.api.post(SIGN_IN, { response }, headers));
    const statuses = (await Promise.all(all)).map(({ status }) => status).sort();
    expect(statuses).toEqual([201, 401, 401, 401, 401, 401]);
  });

  it('opens one session of two that race with one count', async () => {
    const { device } = await holder();
    const asked = [await ask(server), await ask(server)];
    const shown = asked.map(({ options, headers }) => ({
      response: device.get(options, { counter: 9 }),
      headers,
    }));
    const answers = await Promise.all(
      shown.map(({ response, headers }) => server.api.post(SIGN_IN, { response }, headers)),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 401]);
  });

  it('is refused once the passkey is taken away', async () => {
    const ada = await holder();
    await server.api.send('DELETE', `${PASSKEYS}/${ada.passkeyId}`, undefined, bearer(ada.token));
    expect(outcome(await showPasskey(server, ada.device))).toEqual(REFUSED);
  });

  it('is refused to who is blocked, as everything is', async () => {
    const ada = await holder();
    await block(server, ada);
    expect(outcome(await showPasskey(server, ada.device))).toEqual(REFUSED);
    await unblock(server, ada);
    expect((await showPasskey(server, ada.device)).status).toBe(201);
  });

  it('is refused from an address that is not his', async () => {
    const ada = await holder();
    const networks = JSON.stringify(['10.9.8.0/24']);
    await queryDatabase(
      server.database,
      `UPDATE users SET networks = '${networks}' WHERE id = '${ada.uid}' RETURNING id`,
    );
    expect(outcome(await showPasskey(server, ada.device))).toEqual(REFUSED);
  });

  it('needs no password, nor a young one', async () => {
    const ada = await holder();
    await queryDatabase(
      server.database,
      `UPDATE users SET password_hash = NULL WHERE id = '${ada.uid}' RETURNING id`,
    );
    const opened = await showPasskey(server, ada.device);
    expect(opened.status).toBe(201);
    expect((await server.api.get(PASSKEYS, cookieHeader(cookieOf(opened)))).status).toBe(200);
  });

  const signInCookieOfPasskey = async (device: PasskeyDevice) => cookieOf(await showPasskey(server, device));

  it('is worth what its session is: after a quarter of an hour one shows again who one is', async () => {
    const ada = await holder();
    const cookie = await signInCookieOfPasskey(ada.device);
    server.clock.advance(16 * MINUTE);
    const listed = await server.api.get(PASSKEYS, cookieHeader(cookie));
    expect(outcome(listed)).toEqual(problem(403, 'reauthentication-required'));
  });
});

describe('POST /v1/sessions/passkey where addresses are confirmed', () => {
  it('is refused to who has not confirmed his', async () => {
    const server = await startTestGatehouse({ AUTH_CONFIRM_EMAIL_ENABLE: 'true' });
    try {
      const ada = await makeKeyHolder(server, { email: 'ada@passkeys.example' });
      await queryDatabase(
        server.database,
        `UPDATE users SET email_confirmed_at = NULL WHERE id = '${ada.uid}' RETURNING id`,
      );
      expect(outcome(await showPasskey(server, ada.device))).toEqual(REFUSED);
    } finally {
      await server.stop();
    }
  });
});
