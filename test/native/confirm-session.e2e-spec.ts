import { jest } from '@jest/globals';
import { MINUTE } from '../../src/common/clock.js';
import { Passwords } from '../../src/passwords/passwords.service.js';
import { bearer, faultyFields, outcome } from '../support/api.js';
import { cookieHeader, signInAt002, signInAtV1 } from '../support/cookies.js';
import { makePerson, PASSWORD, signIn, type Person } from '../support/declared-people.js';
import { keyHeader, signInAt003 } from '../support/doors.js';
import { startTestGatehouse, type TestGatehouse } from '../support/gatehouse.js';

const CONFIRM = '/v1/sessions/current/confirm';
const DONE = { status: 204, body: '' };
const STALE = { status: 403, body: { code: 'reauthentication-required' } };

/** Contract 3.2: what gives lasting access asks for somebody who has just shown who he is. */
describe('POST /v1/sessions/current/confirm', () => {
  let server: TestGatehouse;
  let count = 0;

  beforeAll(async () => {
    server = await startTestGatehouse();
  });
  afterEach(() => jest.restoreAllMocks());
  afterAll(() => server.stop());

  const newcomer = (): Promise<Person> => makePerson(server, { email: `person-${++count}@example.com` });
  type Headers = Record<string, string>;
  const confirm = (headers: Headers, password: unknown = PASSWORD) =>
    server.api.post(CONFIRM, { password }, headers);
  /** Something that needs a recent sign-in. */
  const makeKey = (headers: Headers) => server.api.post('/v1/api-keys', { name: 'robot' }, headers);
  const pass = (minutes: number) => server.clock.advance(minutes * MINUTE + 1);

  it('opens for 15 minutes what is closed to a session that is older', async () => {
    const person = await newcomer();
    for (const headers of [
      bearer(await signIn(server, person)),
      cookieHeader(await signInAtV1(server.api, person)),
      cookieHeader(await signInAt002(server.api, person)),
    ]) {
      pass(15);
      expect(await makeKey(headers)).toMatchObject(STALE);
      expect(outcome(await confirm(headers))).toEqual(DONE);
      expect((await makeKey(headers)).status).toBe(201);
      pass(14);
      expect((await makeKey(headers)).status).toBe(201);
      pass(1);
      expect(await makeKey(headers)).toMatchObject(STALE);
    }
  });

  it('is of this session and no other one', async () => {
    const person = await newcomer();
    const [one, other] = [bearer(await signIn(server, person)), bearer(await signIn(server, person))];
    pass(15);
    await confirm(one);
    expect(await makeKey(other)).toMatchObject(STALE);
  });

  it('changes nothing with a wrong password, which is told as such', async () => {
    const headers = bearer(await signIn(server, await newcomer()));
    pass(15);
    expect(outcome(await confirm(headers, 'wrong'))).toMatchObject({
      status: 401,
      body: { code: 'wrong-credentials' },
    });
    expect(await makeKey(headers)).toMatchObject(STALE);
    expect((await server.api.get('/v1/me', headers)).status).toBe(200);
  });

  it.each([undefined, null, '', 7, ['x'], 'x'.repeat(1_025)])(
    'refuses %j as a password',
    async (password) => {
      const headers = bearer(await signIn(server, await newcomer()));
      const answer = await server.api.post(CONFIRM, { password }, headers);
      expect(answer.status).toBe(400);
      expect(faultyFields(answer)).toEqual(['password']);
    },
  );

  it('is no way for a key, nor for who has no credential, nor for a foreign page', async () => {
    const person = await newcomer();
    const token = bearer(await signIn(server, person));
    const key = (await makeKey(token)).body.secret as string;
    expect((await confirm(keyHeader(key))).status).toBe(403);
    expect((await confirm({})).status).toBe(401);
    const cookie = cookieHeader(await signInAtV1(server.api, person));
    expect(await confirm({ ...cookie, origin: 'https://evil.example' })).toMatchObject({
      status: 403,
      body: { code: 'foreign-origin' },
    });
  });

  it('does not survive that the password is replaced while it is looked at', async () => {
    const person = await newcomer();
    const [token, other] = [await signIn(server, person), bearer(await signIn(server, person))];
    const passwords = server.get(Passwords);
    const verify = passwords.verify.bind(passwords);
    jest.spyOn(passwords, 'verify').mockImplementationOnce(async (...args) => {
      const result = await verify(...args);
      const change = { email: person.email, password1: 'another one 22', password2: 'another one 22' };
      const headers = { authorization: `Token ${token}` };
      expect((await server.api.post('/api/v1.1/auth/change-password/', change, headers)).status).toBe(200);
      return result;
    });
    expect((await confirm(other)).status).toBe(401);
  });

  it('nor in the session that replaces it, which goes on', async () => {
    const person = await makePerson(server, { email: `person-${++count}@example.com`, type: 'customer' });
    const { token } = await signInAt003(server.api, person, 'customer');
    pass(15);
    const passwords = server.get(Passwords);
    const verify = passwords.verify.bind(passwords);
    jest.spyOn(passwords, 'verify').mockImplementationOnce(async (...args) => {
      const result = await verify(...args);
      const change = { currentPassword: person.password, plainPassword: 'another one 22' };
      const path = '/api/customer/password/change';
      expect((await server.api.post(path, change, bearer(token))).status).toBe(200);
      return result;
    });
    expect((await confirm(bearer(token))).status).toBe(401);
    expect(await makeKey(bearer(token))).toMatchObject(STALE);
    expect((await confirm(bearer(token), 'another one 22')).status).toBe(204);
  });

  it('counts a wrong password as a failed sign-in', async () => {
    const limited = await startTestGatehouse({ RATE_LIMITS: 'on' });
    try {
      const person = await makePerson(limited, { email: 'eve@example.com' });
      const headers = bearer(await signIn(limited, person));
      for (let times = 0; times < 10; times += 1) {
        expect((await limited.api.post(CONFIRM, { password: 'wrong' }, headers)).status).toBe(401);
      }
      expect((await limited.api.post(CONFIRM, { password: PASSWORD }, headers)).status).toBe(429);
      const login = await limited.api.post('/api/login', { username: person.email, password: PASSWORD });
      expect(login.status).toBe(429);
    } finally {
      await limited.stop();
    }
  });
});
