import { MINUTE } from '../../src/common/clock.js';
import { Janitor } from '../../src/janitor/janitor.service.js';
import { bearer, outcome } from '../support/api.js';
import { makeSignedIn, problem } from '../support/api-keys.js';
import { enrol } from '../support/authenticator.js';
import { mailsWrittenTo, signIn } from '../support/declared-people.js';
import { PUBLIC_URL, startTestGatehouse, type TestGatehouse } from '../support/gatehouse.js';
import { PasskeyDevice, type Misconduct } from '../support/passkey-device.js';
import { addPasskey, makeKeyHolder, PASSKEYS, showPasskey } from '../support/passkeys.js';
import { queryDatabase } from '../support/raw-database.js';

const HOST = new URL(PUBLIC_URL).hostname;
const TIME = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
const REFUSED = problem(400, 'passkey-refused');

/** A user's own passkeys: added, listed, named and taken away. */
describe('/v1/me/passkeys', () => {
  let server: TestGatehouse;
  let count = 0;

  beforeAll(async () => {
    server = await startTestGatehouse();
  });
  afterAll(() => server.stop());

  const newcomer = () => makeSignedIn(server, { email: `person-${++count}@passkeys.example` });
  const holder = () => makeKeyHolder(server, { email: `person-${++count}@passkeys.example` });
  const list = async (token: string) =>
    (await server.api.get(PASSKEYS, bearer(token))).body.items as Record<string, unknown>[];
  const offer = async (token: string) => {
    const { status, body } = await server.api.post(`${PASSKEYS}/options`, undefined, bearer(token));
    expect(status).toBe(200);
    return body as { challenge: string; user: { id: string }; excludeCredentials: unknown[] };
  };
  const send = (token: string, response: object) =>
    server.api.post(PASSKEYS, { name: 'Telephone', response }, bearer(token));

  it('are offered for this host, discoverable and with the user verified', async () => {
    const ada = await newcomer();
    const options = await server.api.post(`${PASSKEYS}/options`, undefined, bearer(ada.token));
    expect(options.headers.get('cache-control')).toBe('no-store');
    expect(options.body).toMatchObject({
      challenge: expect.stringMatching(/^[\w-]{43}$/),
      rp: { id: HOST, name: HOST },
      user: {
        id: Buffer.from(ada.uid.replaceAll('-', ''), 'hex').toString('base64url'),
        name: ada.email,
        displayName: ada.email,
      },
      attestation: 'none',
      excludeCredentials: [],
      authenticatorSelection: {
        residentKey: 'required',
        requireResidentKey: true,
        userVerification: 'required',
      },
    });
    expect(await list(ada.token)).toEqual([]);
  });

  it('are added under a name, listed, called something else and taken away', async () => {
    const ada = await newcomer();
    const device = new PasskeyDevice(false);
    const added = await addPasskey(server, bearer(ada.token), device, { name: '  Telephone ' });
    expect(added.status).toBe(201);
    expect(added.headers.get('cache-control')).toBe('no-store');
    const { recoveryCodes, ...passkey } = added.body;
    expect(passkey).toEqual({
      id: expect.any(String),
      name: 'Telephone',
      isBackedUp: true,
      createdAt: TIME,
      lastUsedAt: null,
    });
    expect(recoveryCodes).toHaveLength(10);
    expect(await list(ada.token)).toEqual([passkey]);
    expect((await offer(ada.token)).excludeCredentials).toEqual([
      { id: device.id, type: 'public-key', transports: ['internal', 'hybrid'] },
    ]);
    const path = `${PASSKEYS}/${passkey.id}`;
    const renamed = await server.api.patch(path, { name: 'Old telephone' }, bearer(ada.token));
    expect(outcome(renamed)).toEqual({ status: 200, body: { ...passkey, name: 'Old telephone' } });
    expect((await server.api.send('DELETE', path, undefined, bearer(ada.token))).status).toBe(204);
    expect(await list(ada.token)).toEqual([]);
    const again = await server.api.send('DELETE', path, undefined, bearer(ada.token));
    expect(outcome(again)).toEqual(problem(404, 'passkey-not-found'));
    expect(await mailsWrittenTo(server, ada.email)).toEqual(['factor-changed', 'factor-changed']);
  });

  it.each(['', '   ', 'x'.repeat(101)])('are not called %j', async (name) => {
    const ada = await holder();
    const answer = await server.api.patch(`${PASSKEYS}/${ada.passkeyId}`, { name }, bearer(ada.token));
    expect(answer.status).toBe(400);
    expect(await list(ada.token)).toEqual([expect.objectContaining({ name: 'Telephone' })]);
  });

  const FAULTS: Record<string, Misconduct> = {
    'another origin': { origin: 'https://evil.example' },
    'another host': { rpId: 'evil.example' },
    'a frame on another page': { crossOrigin: true },
    'a sign-in': { type: 'webauthn.get' },
    'a device that lets anybody use it': { verifiesUser: false },
    'a device that attests its make': { certificates: true },
    'another name than the device gave it': { id: 'AAAA' },
  };
  it.each(Object.entries(FAULTS))('are not made by %s', async (_, misconduct) => {
    const ada = await newcomer();
    const answer = await addPasskey(server, bearer(ada.token), new PasskeyDevice(), misconduct);
    expect(outcome(answer)).toEqual(REFUSED);
    expect(await list(ada.token)).toEqual([]);
  });

  it('are made once with a challenge, within five minutes, in the session that asked', async () => {
    const [ada, eve] = [await newcomer(), await newcomer()];
    const challenge = await offer(ada.token);
    expect(outcome(await send(eve.token, new PasskeyDevice().create(challenge)))).toEqual(REFUSED);
    const other = await signIn(server, ada);
    expect(outcome(await send(other, new PasskeyDevice().create(challenge)))).toEqual(REFUSED);
    expect((await send(ada.token, new PasskeyDevice().create(challenge))).status).toBe(201);
    expect(outcome(await send(ada.token, new PasskeyDevice().create(challenge)))).toEqual(REFUSED);
    const late = await offer(ada.token);
    server.clock.advance(5 * MINUTE);
    expect(outcome(await send(ada.token, new PasskeyDevice().create(late)))).toEqual(REFUSED);
    const invented = { ...late, challenge: 'A'.repeat(43) };
    expect(outcome(await send(ada.token, new PasskeyDevice().create(invented)))).toEqual(REFUSED);
    expect(await list(ada.token)).toHaveLength(1);
  });

  it('use a challenge up with the first answer, a wrong one too', async () => {
    const ada = await newcomer();
    const challenge = await offer(ada.token);
    const device = new PasskeyDevice();
    const wrong = device.create(challenge, { origin: 'https://evil.example' });
    expect(outcome(await send(ada.token, wrong))).toEqual(REFUSED);
    expect(outcome(await send(ada.token, device.create(challenge)))).toEqual(REFUSED);
  });

  it('are one person’s each, whoever shows the device', async () => {
    const ada = await holder();
    const eve = await newcomer();
    const answer = await addPasskey(server, bearer(eve.token), ada.device);
    expect(outcome(answer)).toEqual(problem(409, 'passkey-exists'));
    const path = `${PASSKEYS}/${ada.passkeyId}`;
    const foreign = await server.api.send('DELETE', path, undefined, bearer(eve.token));
    expect(outcome(foreign)).toEqual(problem(404, 'passkey-not-found'));
    const renamed = await server.api.patch(path, { name: 'Mine' }, bearer(eve.token));
    expect(outcome(renamed)).toEqual(problem(404, 'passkey-not-found'));
    expect(await list(ada.token)).toEqual([expect.objectContaining({ name: 'Telephone' })]);
  });

  it('are twenty at most, however many race', async () => {
    const ada = await newcomer();
    const offers = [];
    for (let made = 0; made < 23; made++) offers.push(await offer(ada.token));
    const answers = await Promise.all(offers.map((one) => send(ada.token, new PasskeyDevice().create(one))));
    const statuses = answers.map(({ status }) => status).sort();
    expect(statuses).toEqual([...Array.from({ length: 20 }, () => 201), 409, 409, 409]);
    expect(await list(ada.token)).toHaveLength(20);
    expect(answers.filter(({ body }) => body.recoveryCodes?.length > 0)).toHaveLength(1);
    const further = await server.api.post(`${PASSKEYS}/options`, undefined, bearer(ada.token));
    expect(outcome(further)).toEqual(problem(409, 'too-many-passkeys'));
  });

  it('bring recovery codes to who has none, and take them along with the last factor', async () => {
    const left = async (token: string) =>
      (await server.api.get('/v1/me/factors', bearer(token))).body.recoveryCodesLeft as number;
    const remove = (path: string, token: string) => server.api.send('DELETE', path, undefined, bearer(token));
    const ada = await holder();
    expect([ada.recoveryCodes.length, await left(ada.token)]).toEqual([10, 10]);
    const second = await addPasskey(server, bearer(ada.token), new PasskeyDevice());
    expect(second.body.recoveryCodes).toEqual([]);
    await remove(`${PASSKEYS}/${ada.passkeyId}`, ada.token);
    expect(await left(ada.token)).toBe(10);
    await enrol(server, bearer(ada.token));
    await remove(`${PASSKEYS}/${second.body.id}`, ada.token);
    expect(await left(ada.token)).toBe(10);
    const third = await addPasskey(server, bearer(ada.token), new PasskeyDevice());
    expect(third.body.recoveryCodes).toEqual([]);
    await remove('/v1/me/factors/totp', ada.token);
    expect(await left(ada.token)).toBe(10);
    const renewed = await server.api.post('/v1/me/factors/recovery-codes', undefined, bearer(ada.token));
    expect(renewed.status).toBe(201);
    await remove(`${PASSKEYS}/${third.body.id}`, ada.token);
    expect(await left(ada.token)).toBe(0);
    const none = await server.api.post('/v1/me/factors/recovery-codes', undefined, bearer(ada.token));
    expect(outcome(none)).toEqual(problem(404, 'factor-not-found'));
  });

  it('are taken away by who has no password where a link may be mailed to a confirmed address', async () => {
    const set = ({ uid }: { uid: string }, fields: string) =>
      queryDatabase(server.database, `UPDATE users SET ${fields} WHERE id = '${uid}' RETURNING id`);
    const remove = async ({ token, passkeyId }: { token: string; passkeyId: string }) =>
      outcome(await server.api.send('DELETE', `${PASSKEYS}/${passkeyId}`, undefined, bearer(token)));
    const [ada, eve] = [await holder(), await holder()];
    for (const person of [ada, eve]) await set(person, 'password_hash = NULL');
    await set(eve, 'email_confirmed_at = NULL');
    expect(await remove(ada)).toEqual({ status: 204, body: '' });
    expect(await remove(eve)).toEqual(problem(409, 'last-way-in'));
    expect(await list(eve.token)).toHaveLength(1);
    expect((await showPasskey(server, eve.device)).status).toBe(201);
  });

  it('keep of a challenge a digest alone, and nothing once it has ended', async () => {
    const ada = await newcomer();
    const { challenge } = await offer(ada.token);
    const rows = async () => queryDatabase(server.database, 'SELECT * FROM passkey_challenges');
    expect(JSON.stringify(await rows())).not.toContain(challenge);
    expect((await rows()).length).toBeGreaterThan(0);
    server.clock.advance(5 * MINUTE);
    await server.get(Janitor).tidy();
    expect(await rows()).toEqual([]);
  });

  it('go with their user', async () => {
    const ada = await holder();
    expect((await showPasskey(server, ada.device)).status).toBe(201);
    await queryDatabase(server.database, `DELETE FROM users WHERE id = '${ada.uid}' RETURNING id`);
    expect((await showPasskey(server, ada.device)).status).toBe(401);
  });
});
