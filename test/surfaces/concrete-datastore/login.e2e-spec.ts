import { DAY, HOUR } from '../../../src/common/clock.js';
import { outcome, tokenHeader } from '../../support/api.js';
import { block, makePerson, PASSWORD, rowsOf, signIn, unblock } from '../../support/declared-people.js';
import { startTestGatehouse, type TestGatehouse } from '../../support/gatehouse.js';
import { accountBody, CHANGE, DIFFERENT, LOGIN, ME, refusal, TOKEN, twice, userBody } from './bodies.js';

const WRONG = { status: 401, body: refusal('Wrong auth credentials', 'WRONG_AUTH_CREDENTIALS') };
const BLOCKED = { status: 401, body: refusal('User blocked', 'USER_BLOCKED') };

describe('POST /api/v1.1/auth/login/', () => {
  let server: TestGatehouse;
  let count = 0;
  const freshEmail = () => `person-${++count}@example.com`;
  const login = (body: unknown, headers = {}) => server.api.post(LOGIN, body, headers);

  beforeAll(async () => {
    server = await startTestGatehouse({
      PASSWORD_EXPIRY_TIME: '30',
      SESSION_ABSOLUTE_TTL: String((400 * DAY) / 1_000),
      SESSION_IDLE_TTL: String((400 * DAY) / 1_000),
    });
  });
  afterAll(() => server.stop());

  it("answers the document's example: 200 and the user body", async () => {
    const person = await makePerson(server, {
      email: 'johndoe@netsach.com',
      password: 'abcd1234',
      firstName: 'John',
      lastName: 'Doe',
    });
    const answer = await login({ email: 'johndoe@netsach.com', password: 'abcd1234' });
    expect(outcome(answer)).toEqual({
      status: 200,
      body: userBody('johndoe@netsach.com', { uid: person.uid, first_name: 'John', last_name: 'Doe' }),
    });
    expect(answer.headers.get('cache-control')).toBe('no-store');
  });

  it.each([
    ['member', 'simpleuser'],
    ['manager', 'manager'],
    ['admin', 'admin'],
    ['superuser', 'superuser'],
  ] as const)('calls the level %s %s', async (level, word) => {
    const person = await makePerson(server, { email: freshEmail(), level });
    const answer = await login({ email: person.email, password: PASSWORD });
    expect(answer.body).toEqual(userBody(person.email, { level: word }));
  });

  it('gives a new token each time, all of which work', async () => {
    const person = await makePerson(server, { email: freshEmail() });
    const tokens = [await signIn(server, person), await signIn(server, person)];
    expect(new Set(tokens).size).toBe(2);
    for (const token of tokens) expect((await server.api.get(ME, tokenHeader(token))).status).toBe(200);
  });

  it('finds the address in any spelling, with or without the trailing slash, also from a form', async () => {
    const person = await makePerson(server, { email: freshEmail() });
    const email = `  ${person.email.toUpperCase()} `;
    expect((await login({ email, password: PASSWORD })).status).toBe(200);
    const form = new URLSearchParams({ email, password: PASSWORD });
    expect((await server.api.post(LOGIN.slice(0, -1), form)).status).toBe(200);
  });

  it('answers an unknown address, a wrong password and a user without one alike', async () => {
    const person = await makePerson(server, { email: freshEmail() });
    const without = await makePerson(server, { email: freshEmail(), password: null });
    const attempts = [
      { email: 'nobody@example.com', password: PASSWORD },
      { email: person.email, password: DIFFERENT },
      { email: person.email, password: PASSWORD.toUpperCase() },
      { email: person.email, password: ` ${PASSWORD}` },
      { email: person.email, password: 'x'.repeat(1_025) },
      { email: without.email, password: PASSWORD },
    ];
    for (const attempt of attempts) expect(outcome(await login(attempt))).toEqual(WRONG);
  });

  it.each([
    [{}, { email: ['This field is required.'], password: ['This field is required.'] }],
    [
      { email: 'johndoe', password: '' },
      { email: ['Enter a valid email address.'], password: ['This field may not be blank.'] },
    ],
    [
      { email: null, password: null },
      { email: ['This field may not be null.'], password: ['This field may not be null.'] },
    ],
    [
      { email: '  ', password: ['x'] },
      { email: ['This field may not be blank.'], password: ['Not a valid string.'] },
    ],
    [{ email: 7, password: PASSWORD }, { email: ['Enter a valid email address.'] }],
    [
      { email: { a: 1 }, password: true },
      { email: ['Not a valid string.'], password: ['Not a valid string.'] },
    ],
  ])('tells the faults of %j by field', async (body, fields) => {
    expect(outcome(await login(body))).toEqual({ status: 400, body: refusal(fields, 'INVALID_DATA') });
  });

  it('tells of a body that is no object', async () => {
    expect(outcome(await login([]))).toEqual({
      status: 400,
      body: refusal({ non_field_errors: ['Invalid data. Expected a dictionary.'] }, 'INVALID_DATA'),
    });
  });

  it('refuses a bad token before it looks at the body', async () => {
    const answer = await login({}, tokenHeader('f'.repeat(40)));
    expect(outcome(answer)).toEqual({ status: 401, body: { detail: 'Invalid token.' } });
    expect(answer.headers.get('www-authenticate')).toMatch(/^Token/);
  });

  it('tells only who knows the password that the user is blocked', async () => {
    const person = await makePerson(server, { email: freshEmail() });
    await block(server, person);
    expect(outcome(await login({ email: person.email, password: DIFFERENT }))).toEqual(WRONG);
    expect(outcome(await login({ email: person.email, password: PASSWORD }))).toEqual(BLOCKED);
    await unblock(server, person);
    expect((await login({ email: person.email, password: PASSWORD })).status).toBe(200);
  });

  describe('with an expired password', () => {
    it('answers 403 and a token that sets a new one', async () => {
      const person = await makePerson(server, { email: freshEmail() });
      const session = await signIn(server, person);
      server.clock.advance(30 * DAY);
      expect(outcome(await login({ email: person.email, password: DIFFERENT }))).toEqual(WRONG);
      const grants = await rowsOf(server, 'grants');
      const expired = await login({ email: person.email, password: PASSWORD });
      expect(outcome(expired)).toEqual({
        status: 403,
        body: {
          message_en: 'Warning! Password has expired',
          message_fr: 'Attention ! Votre mot de passe a expiré',
          _errors: ['EXPIRED_PASSWORD'],
          email: person.email,
          password_change_token: expect.stringMatching(/^[0-9a-f-]{36}$/),
        },
      });
      expect(await rowsOf(server, 'grants')).toBe(grants);

      const redeem = (password: string) =>
        server.api.post(CHANGE, {
          email: person.email,
          ...twice(password),
          password_change_token: expired.body.password_change_token,
        });
      expect(outcome(await redeem(PASSWORD))).toEqual({
        status: 400,
        body: refusal('New password must be different', 'CANNOT_USE_SAME_PASSWORD'),
      });
      expect(outcome(await redeem(DIFFERENT))).toEqual({
        status: 200,
        body: accountBody(person.uid, person.email, { token: TOKEN }),
      });
      expect((await server.api.get(ME, tokenHeader(session))).status).toBe(403);
      expect((await login({ email: person.email, password: DIFFERENT })).status).toBe(200);
    });

    it('gives a fresh token each time; the one before is dead, and each lives four hours', async () => {
      const person = await makePerson(server, { email: freshEmail() });
      server.clock.advance(31 * DAY);
      const ask = async () =>
        (await login({ email: person.email, password: PASSWORD })).body.password_change_token as string;
      const redeem = async (password_change_token: string) =>
        (await server.api.post(CHANGE, { email: person.email, ...twice(DIFFERENT), password_change_token }))
          .status;
      const [first, second] = [await ask(), await ask()];
      expect(await redeem(first)).toBe(400);
      server.clock.advance(4 * HOUR);
      expect(await redeem(second)).toBe(400);
      expect(await redeem(await ask())).toBe(200);
    });

    it('tells of blocking first', async () => {
      const person = await makePerson(server, { email: freshEmail() });
      server.clock.advance(31 * DAY);
      await block(server, person);
      expect(outcome(await login({ email: person.email, password: PASSWORD }))).toEqual(BLOCKED);
    });

    it('is not asked of who signs in a moment before', async () => {
      const person = await makePerson(server, { email: freshEmail() });
      server.clock.advance(30 * DAY - 60_000);
      expect((await login({ email: person.email, password: PASSWORD })).status).toBe(200);
    });
  });
});
