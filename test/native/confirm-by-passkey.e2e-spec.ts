import { MINUTE } from '../../src/common/clock.js';
import { bearer, faultyFields, outcome } from '../support/api.js';
import { keyHeader, makeKey, makeSignedIn, problem } from '../support/api-keys.js';
import { enrol } from '../support/authenticator.js';
import { signIn } from '../support/declared-people.js';
import { PUBLIC_URL, startTestGatehouse, type TestGatehouse } from '../support/gatehouse.js';
import { PasskeyDevice, type Misconduct } from '../support/passkey-device.js';
import { addPasskey, ask as askToSignIn, makeKeyHolder, PASSKEYS, SIGN_IN } from '../support/passkeys.js';
import { queryDatabase } from '../support/raw-database.js';

const CONFIRM = '/v1/sessions/current/confirm';
const DONE = { status: 204, body: '' };
const REFUSED = problem(401, 'wrong-credentials');

/** Contract 3.2: who has shown once more who he is, by what he has. */
describe('/v1/sessions/current/confirm', () => {
  let server: TestGatehouse;
  let count = 0;

  beforeAll(async () => {
    server = await startTestGatehouse();
  });
  afterAll(() => server.stop());

  const email = () => `person-${++count}@confirm.example`;
  type Challenge = { challenge: string };
  const ask = async (token: string) => {
    const { status, body } = await server.api.post(`${CONFIRM}/options`, undefined, bearer(token));
    expect(status).toBe(200);
    return body as Challenge;
  };
  const send = async (token: string, passkey: object) =>
    outcome(await server.api.post(CONFIRM, { passkey }, bearer(token)));
  /** Something that needs a recent sign-in. */
  const look = async (token: string) => (await server.api.get(PASSKEYS, bearer(token))).status;
  /** Somebody with a passkey who signed in a while ago. */
  const stale = async (device?: PasskeyDevice) => {
    const person = await makeKeyHolder(server, { email: email() }, device);
    server.clock.advance(15 * MINUTE + 1);
    expect(await look(person.token)).toBe(403);
    return person;
  };

  describe('GET', () => {
    const methods = async (token: string) => outcome(await server.api.get(CONFIRM, bearer(token)));
    const are = (...names: string[]) => ({ status: 200, body: { methods: names } });

    it('tells by what, also in a session that is not fresh any more', async () => {
      const ada = await makeSignedIn(server, { email: email() });
      expect(await methods(ada.token)).toEqual(are('password'));
      const { body } = await addPasskey(server, bearer(ada.token), new PasskeyDevice());
      expect(await methods(ada.token)).toEqual(are('password', 'recovery-code', 'passkey'));
      await enrol(server, bearer(ada.token));
      expect(await methods(ada.token)).toEqual(are('password', 'app', 'recovery-code', 'passkey'));
      await server.api.send('DELETE', `${PASSKEYS}/${body.id}`, undefined, bearer(ada.token));
      server.clock.advance(15 * MINUTE + 1);
      expect(await methods(ada.token)).toEqual(are('password', 'app', 'recovery-code'));
    });

    it('tells of none where there is none', async () => {
      const ada = await makeSignedIn(server, { email: email() });
      await queryDatabase(
        server.database,
        `UPDATE users SET password_hash = NULL WHERE id = '${ada.uid}' RETURNING id`,
      );
      expect(await methods(ada.token)).toEqual(are());
    });
  });

  it('asks for one’s own passkeys', async () => {
    const ada = await stale();
    const options = await server.api.post(`${CONFIRM}/options`, undefined, bearer(ada.token));
    expect(outcome(options)).toEqual({
      status: 200,
      body: {
        challenge: expect.stringMatching(/^[\w-]{43}$/),
        rpId: new URL(PUBLIC_URL).hostname,
        timeout: 5 * MINUTE,
        userVerification: 'required',
        allowCredentials: [{ id: ada.device.id, type: 'public-key', transports: ['internal', 'hybrid'] }],
      },
    });
    expect(options.headers.get('cache-control')).toBe('no-store');
    const none = await makeSignedIn(server, { email: email() });
    const asked = await server.api.post(`${CONFIRM}/options`, undefined, bearer(none.token));
    expect(outcome(asked)).toEqual(problem(404, 'passkey-not-found'));
  });

  it.each([true, false])('takes one, of a device that counts: %s', async (counts) => {
    const ada = await stale(new PasskeyDevice(counts));
    expect(await send(ada.token, ada.device.get(await ask(ada.token)))).toEqual(DONE);
    expect(await look(ada.token)).toBe(200);
    server.clock.advance(15 * MINUTE + 1);
    expect(await look(ada.token)).toBe(403);
  });

  it.each([undefined, null])(
    'takes one of a device that does not tell whose it is: %s',
    async (userHandle) => {
      const ada = await stale();
      const shown = ada.device.get(await ask(ada.token));
      const passkey = { ...shown, response: { ...shown.response, userHandle } };
      expect(await send(ada.token, passkey)).toEqual(DONE);
      expect(await look(ada.token)).toBe(200);
    },
  );

  it('but not at a sign-in, where nobody has said who he is', async () => {
    const ada = await makeKeyHolder(server, { email: email() });
    const { options, headers } = await askToSignIn(server);
    const { response, ...head } = ada.device.get(options);
    const { userHandle: _, ...rest } = response;
    const answer = await server.api.post(SIGN_IN, { response: { ...head, response: rest } }, headers);
    expect([answer.status, faultyFields(answer)]).toEqual([400, ['response.response.userHandle']]);
  });

  const FAULTS: Record<string, Misconduct> = {
    'another origin': { origin: 'https://evil.example' },
    'another host': { rpId: 'evil.example' },
    'a frame on another page': { crossOrigin: true },
    'a registration': { type: 'webauthn.create' },
    'a device that lets anybody use it': { verifiesUser: false },
    'a count that has not gone up': { counter: 1 },
    'somebody else’s name': { userHandle: 'bm9ib2R5' },
    'another key': { key: new PasskeyDevice().privateKey },
    'a passkey that nobody has': { id: 'AAAA' },
  };
  it.each(Object.entries(FAULTS))('refuses %s', async (_, misconduct) => {
    const ada = await stale();
    expect(await send(ada.token, ada.device.get(await ask(ada.token), misconduct))).toEqual(REFUSED);
    expect(await look(ada.token)).toBe(403);
  });

  it('uses a challenge up with the first answer, a wrong one too', async () => {
    const ada = await stale();
    const challenge = await ask(ada.token);
    const wrong = ada.device.get(challenge, { origin: 'https://evil.example' });
    expect(await send(ada.token, wrong)).toEqual(REFUSED);
    expect(await send(ada.token, ada.device.get(challenge))).toEqual(REFUSED);
  });

  it('refuses somebody else’s passkey alike', async () => {
    const [ada, eve] = [await stale(), await makeKeyHolder(server, { email: email() })];
    const ofEve = eve.device.get(await ask(ada.token));
    expect(await send(ada.token, ofEve)).toEqual(REFUSED);
    const unnamed = eve.device.get(await ask(ada.token));
    const passkey = { ...unnamed, response: { ...unnamed.response, userHandle: undefined } };
    expect(await send(ada.token, passkey)).toEqual(REFUSED);
    expect(await look(ada.token)).toBe(403);
  });

  it('takes a challenge once, within five minutes, in the session that asked, for this alone', async () => {
    const ada = await stale();
    const challenge = await ask(ada.token);
    const shown = ada.device.get(challenge);
    const browser = await askToSignIn(server);
    expect(await send(ada.token, ada.device.get(browser.options))).toEqual(REFUSED);
    const signedIn = await server.api.post(SIGN_IN, { response: ada.device.get(challenge) }, browser.headers);
    expect(outcome(signedIn)).toEqual(REFUSED);
    expect(await send(ada.token, ada.device.get(challenge))).toEqual(DONE);
    expect(await send(ada.token, shown)).toEqual(REFUSED);
    const late = await ask(ada.token);
    server.clock.advance(5 * MINUTE);
    expect(await send(ada.token, ada.device.get(late))).toEqual(REFUSED);
  });

  it('takes it in no other session, of the same user or of anybody', async () => {
    const ada = await makeSignedIn(server, { email: email() });
    const other = await signIn(server, ada);
    const device = new PasskeyDevice();
    await addPasskey(server, bearer(ada.token), device);
    const eve = await makeKeyHolder(server, { email: email() });
    server.clock.advance(15 * MINUTE + 1);
    const challenge = await ask(ada.token);
    for (const token of [other, eve.token]) {
      expect(await send(token, device.get(challenge))).toEqual(REFUSED);
      expect(await look(token)).toBe(403);
    }
    expect(await send(ada.token, device.get(challenge))).toEqual(DONE);
    expect([await look(ada.token), await look(other)]).toEqual([200, 403]);
  });

  it('confirms once with one answer, however many race', async () => {
    const ada = await stale();
    const passkey = ada.device.get(await ask(ada.token));
    const answers = await Promise.all([1, 2, 3].map(() => send(ada.token, passkey)));
    expect(answers.map(({ status }) => status).sort()).toEqual([204, 401, 401]);
  });

  it('counts no more once the passkey is taken away', async () => {
    const ada = await makeKeyHolder(server, { email: email() });
    const challenge = await ask(ada.token);
    await server.api.send('DELETE', `${PASSKEYS}/${ada.passkeyId}`, undefined, bearer(ada.token));
    expect(await send(ada.token, ada.device.get(challenge))).toEqual(REFUSED);
  });

  it('is nothing for a key', async () => {
    const ada = await makeKeyHolder(server, { email: email() });
    const { secret } = await makeKey(server, ada);
    expect((await server.api.get(CONFIRM, keyHeader(secret))).status).toBe(403);
    expect((await server.api.post(`${CONFIRM}/options`, undefined, keyHeader(secret))).status).toBe(403);
    expect((await server.api.get(CONFIRM)).status).toBe(401);
  });

  it.each([
    [{ passkey: {} }, 'passkey.id'],
    [{ passkey: 'x' }, 'passkey'],
    [{ passkey: [] }, 'passkey'],
    [{ passkey: null }, 'password'],
  ])('refuses %j', async (body, field) => {
    const ada = await makeSignedIn(server, { email: email() });
    const answer = await server.api.post(CONFIRM, body, bearer(ada.token));
    expect(answer.status).toBe(400);
    expect(faultyFields(answer)).toContain(field);
  });
});
