import { HOUR, MINUTE } from '../../src/common/clock.js';
import { AuthenticatorApp, enrol, makeGuarded } from '../support/authenticator.js';
import { bearer, faultyFields, outcome } from '../support/api.js';
import { cookieHeader, signInAtV1 } from '../support/cookies.js';
import { makePerson, PASSWORD, signIn } from '../support/declared-people.js';
import { keyHeader } from '../support/doors.js';
import { startTestGatehouse, type TestGatehouse } from '../support/gatehouse.js';

const FACTORS = '/v1/me/factors';
const TOTP = `${FACTORS}/totp`;
const CONFIRM = `${TOTP}/confirm`;
const CODES = `${FACTORS}/recovery-codes`;
const NONE = { status: 200, body: { totp: null, recoveryCodesLeft: 0, email: null, passkeys: 0 } };

/** Contract 3.2 and issue "second factor": enrolment, and what goes with it. */
describe('/v1/me/factors', () => {
  let server: TestGatehouse;
  let count = 0;

  beforeAll(async () => {
    server = await startTestGatehouse();
  });
  afterAll(() => server.stop());

  const email = () => `person-${++count}@example.com`;
  const newcomer = async () => bearer(await signIn(server, await makePerson(server, { email: email() })));
  type Headers = Record<string, string>;
  const begin = async (headers: Headers) =>
    new AuthenticatorApp(server, (await server.api.post(TOTP, undefined, headers)).body.secret as string);
  const confirm = (headers: Headers, code: unknown) => server.api.post(CONFIRM, { code }, headers);

  it('offers a secret with its address and picture, once and to nobody else', async () => {
    const person = await makePerson(server, { email: 'ada+x@example.com' });
    const headers = bearer(await signIn(server, person));
    const offer = await server.api.post(TOTP, undefined, headers);
    const secret = offer.body.secret as string;
    expect(outcome(offer)).toEqual({
      status: 201,
      body: {
        secret: expect.stringMatching(/^[A-Z2-7]{32}$/),
        uri: `otpauth://totp/id.gatehouse.test:ada%2Bx%40example.com?secret=${secret}&issuer=id.gatehouse.test`,
        qrCode: expect.stringMatching(/^<svg [\s\S]+<\/svg>\s*$/),
      },
    });
    expect(offer.headers.get('cache-control')).toBe('no-store');
    expect(outcome(await server.api.get(FACTORS, headers))).toEqual(NONE);
    expect(
      (await server.api.post('/v1/sessions', { identifier: person.email, password: PASSWORD })).status,
    ).toBe(201);
  });

  it('counts once a code was confirmed, and answers ten recovery codes; no session ends', async () => {
    const headers = await newcomer();
    const app = await begin(headers);
    const answer = await confirm(headers, app.code());
    expect(outcome(answer)).toEqual({ status: 200, body: { recoveryCodes: expect.any(Array) } });
    expect(new Set(answer.body.recoveryCodes as string[]).size).toBe(10);
    expect(answer.headers.get('cache-control')).toBe('no-store');
    expect(outcome(await server.api.get(FACTORS, headers))).toEqual({
      status: 200,
      body: {
        totp: { enrolledAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/) },
        recoveryCodesLeft: 10,
        passkeys: 0,
        email: null,
      },
    });
    expect((await server.api.get('/v1/me', headers)).status).toBe(200);
  });

  it('refuses a code of another secret, of an offer that was replaced, and of one an hour old', async () => {
    const headers = await newcomer();
    const replaced = await begin(headers);
    const app = await begin(headers);
    for (const code of [app.wrongCode(), replaced.code()]) {
      expect(await confirm(headers, code)).toMatchObject({
        status: 400,
        body: { code: 'enrolment-code-wrong' },
      });
    }
    expect(await confirm(await newcomer(), app.code())).toMatchObject({
      status: 409,
      body: { code: 'enrolment-not-begun' },
    });
    for (let minutes = 0; minutes < HOUR; minutes += 10 * MINUTE) {
      server.clock.advance(10 * MINUTE);
      await server.api.post('/v1/sessions/current/confirm', { password: PASSWORD }, headers);
    }
    expect(await confirm(headers, app.code())).toMatchObject({
      status: 409,
      body: { code: 'enrolment-not-begun' },
    });
    expect(outcome(await server.api.get(FACTORS, headers))).toEqual(NONE);
  });

  it.each([undefined, null, '', '12345', 123456, 'abcdef', ['123456'], '1234567'])(
    'takes no %j as a code',
    async (code) => {
      const headers = await newcomer();
      const answer = await confirm(headers, code);
      expect(answer.status).toBe(400);
      expect(faultyFields(answer)).toEqual(['code']);
    },
  );

  it('is confirmed by one of two that come together', async () => {
    const headers = await newcomer();
    const app = await begin(headers);
    const answers = await Promise.all([1, 2, 3].map(() => confirm(headers, app.code())));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409, 409]);
    expect((await server.api.get(FACTORS, headers)).body.recoveryCodesLeft).toBe(10);
  });

  it('is one: a second app is refused until the first is taken away', async () => {
    const headers = await newcomer();
    const { app } = await enrol(server, headers);
    expect(await server.api.post(TOTP, undefined, headers)).toMatchObject({
      status: 409,
      body: { code: 'factor-exists' },
    });
    expect(await confirm(headers, app.freshCode())).toMatchObject({ status: 409 });
    expect((await server.api.send('DELETE', TOTP, undefined, headers)).status).toBe(204);
    expect(outcome(await server.api.get(FACTORS, headers))).toEqual(NONE);
    for (const [method, path] of [
      ['DELETE', TOTP],
      ['POST', CODES],
    ] as const) {
      expect(await server.api.send(method, path, undefined, headers)).toMatchObject({
        status: 404,
        body: { code: 'factor-not-found' },
      });
    }
    await enrol(server, headers);
  });

  it('gives new recovery codes in the place of the old ones', async () => {
    const ada = await makeGuarded(server, { email: email() });
    const answer = await server.api.post(CODES, undefined, bearer(ada.token));
    expect(answer.status).toBe(201);
    expect(answer.headers.get('cache-control')).toBe('no-store');
    const [fresh] = answer.body.recoveryCodes as string[];
    const open = (otp: string) =>
      server.api.post('/v1/sessions', { identifier: ada.email, password: PASSWORD, otp });
    expect((await open(ada.recoveryCodes[0]!)).status).toBe(401);
    expect((await open(fresh!)).status).toBe(201);
    expect((await server.api.get(FACTORS, bearer(ada.token))).body.recoveryCodesLeft).toBe(9);
  });

  it('is open to a person’s own session of the last quarter of an hour, and to nothing else', async () => {
    const person = await makePerson(server, { email: email() });
    const token = bearer(await signIn(server, person));
    const key = (await server.api.post('/v1/api-keys', { name: 'robot' }, token)).body.secret as string;
    const cookie = cookieHeader(await signInAtV1(server.api, person));
    const routes = [
      ['GET', FACTORS],
      ['POST', TOTP],
      ['POST', CONFIRM],
      ['DELETE', TOTP],
      ['POST', CODES],
    ] as const;
    server.clock.advance(15 * MINUTE + 1);
    for (const [method, path] of routes) {
      const body = path === CONFIRM ? { code: '123456' } : undefined;
      const ask = (headers: Headers) => server.api.send(method, path, body, headers);
      for (const headers of [token, cookie]) {
        expect(await ask(headers)).toMatchObject({
          status: 403,
          body: { code: 'reauthentication-required' },
        });
      }
      expect((await ask(keyHeader(key))).status).toBe(403);
      expect((await ask({})).status).toBe(401);
    }
  });
});
