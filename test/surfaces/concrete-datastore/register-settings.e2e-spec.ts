import { outcome, tokenHeader } from '../../support/api.js';
import { startTestGatehouse, type TestGatehouse } from '../../support/gatehouse.js';
import { makePerson, mailsWrittenTo, rowsOf, signIn } from '../../support/declared-people.js';
import { refusal, REGISTER, CHANGE, twice, userBody } from './bodies.js';

const SPECIAL = '!@#$%^&*()_+-=[]{}|\'"`';
const GOOD = 'Ab12!Cd34?ef(';

describe('POST /api/v1.1/auth/register/, closed and strict', () => {
  let server: TestGatehouse;
  let headers: Record<string, string>;
  const register = (body: unknown, as: Record<string, string> = headers) =>
    server.api.post(REGISTER, body, as);

  beforeAll(async () => {
    server = await startTestGatehouse({
      ENABLE_USERS_SELF_REGISTER: 'false',
      ALLOW_SEND_EMAIL_ON_REGISTER: 'false',
      API_REGISTER_EMAIL_FILTER: '[a-z.-]+@(?:staff\\.)?example\\.com',
      PASSWORD_MIN_LENGTH: '10',
      PASSWORD_MIN_DIGITS: '3',
      PASSWORD_MIN_LOWER: '3',
      PASSWORD_MIN_UPPER: '2',
      PASSWORD_MIN_SPECIAL: '2',
    });
    const person = await makePerson(server, { email: 'simple@example.com' });
    headers = tokenHeader(await signIn(server, person));
  });
  afterAll(() => server.stop());

  it('refuses whoever is not signed in, once the body is whole', async () => {
    const closed = {
      status: 400,
      body: refusal('Self register is not allowed', 'NOT_ALLOWED_TO_SELF_REGISTER'),
    };
    expect(outcome(await register({ email: 'a@example.com', ...twice(GOOD) }, {}))).toEqual(closed);
    expect(outcome(await register({ email: 'a@example.com', password1: 'x' }, {}))).toEqual(closed);
    expect(outcome(await register({ email: 'a@example.com', url_format: 'x' }, {}))).toEqual(closed);
    expect(outcome(await register({}, {}))).toEqual({
      status: 400,
      body: refusal('serializer invalid', 'INVALID_DATA'),
    });
  });

  it('tells nobody which addresses are taken', async () => {
    const answers = await Promise.all(
      ['simple@example.com', 'nobody@example.com'].map((email) => register({ email, ...twice(GOOD) }, {})),
    );
    expect(outcome(answers[0]!)).toEqual(outcome(answers[1]!));
    expect(await mailsWrittenTo(server, 'simple@example.com')).toEqual([]);
  });

  it('refuses a registration without passwords before its formats are looked at', async () => {
    const refused = { status: 400, body: refusal('serializer invalid', 'INVALID_DATA') };
    expect(outcome(await register({ email: 'b@example.com' }))).toEqual(refused);
    expect(outcome(await register({ email: 'b@example.com', url_format: 'x', email_format: 'x' }))).toEqual(
      refused,
    );
    expect(outcome(await register({ email: 'b@example.com', password1: null, password2: null }))).toEqual(
      refused,
    );
  });

  it.each([
    ['Ab1!', 'The password must contain at least 10 character(s).', 'NOT_ENOUGH_CHARS'],
    ['abcdefghij', 'The password must contain at least 3 digit(s).', 'NOT_ENOUGH_DIGITS'],
    ['1234567890', 'The password must contain at least 3 lower character(s).', 'NOT_ENOUGH_LOWER'],
    ['abc4567890', 'The password must contain at least 2 upper character(s).', 'NOT_ENOUGH_UPPER'],
    [
      'abcDE67890',
      `The password must contain at least 2 special character(s) from these : (${SPECIAL})`,
      'NOT_ENOUGH_SPECIAL',
    ],
    // Punctuation is neither lower nor upper case.
    ['!!!!!!!123', 'The password must contain at least 3 lower character(s).', 'NOT_ENOUGH_LOWER'],
    ['!!!!abc123', 'The password must contain at least 2 upper character(s).', 'NOT_ENOUGH_UPPER'],
    // A character is a code point.
    ['😀😀😀😀😀', 'The password must contain at least 10 character(s).', 'NOT_ENOUGH_CHARS'],
  ])('refuses %s: %s', async (password, message, code) => {
    const expected = { status: 400, body: refusal(message, code) };
    expect(outcome(await register({ email: 'c@example.com', ...twice(password) }))).toEqual(expected);
    expect(
      outcome(await server.api.post(CHANGE, { email: 'simple@example.com', ...twice(password) }, headers)),
    ).toEqual(expected);
  });

  it.each(['a1@example.com', 'a@example.org', 'a@xexample.com', 'a@example.com.example'])(
    'refuses %s by the e-mail filter, after everything else',
    async (email) => {
      expect(outcome(await register({ email, ...twice(GOOD) }))).toEqual({
        status: 400,
        body: refusal('This email is not allowed to register', 'EMAIL_NOT_AUTHORIZED_TO_REGISTER'),
      });
      expect((await register({ email, ...twice('x') })).body._errors).toEqual(['NOT_ENOUGH_CHARS']);
      expect((await register({ email, ...twice(GOOD), url_format: 'x' })).body.errors).toBeDefined();
    },
  );

  it('refuses a taken address that the filter refuses with the filter', async () => {
    await makePerson(server, { email: 'taken1@example.org' });
    const answer = await register({ email: 'taken1@example.org', ...twice(GOOD) });
    expect(answer.body._errors).toEqual(['EMAIL_NOT_AUTHORIZED_TO_REGISTER']);
  });

  it('compares the filter with the address in lower case and registers for a signed-in user', async () => {
    const users = await rowsOf(server, 'users');
    const answer = await register({ email: 'New.Person@Staff.Example.Com', ...twice(GOOD) });
    expect(outcome(answer)).toEqual({ status: 201, body: userBody('new.person@staff.example.com') });
    expect(await rowsOf(server, 'users')).toBe(users + 1);
  });

  it('lists the rules in force on OPTIONS', async () => {
    const answer = await server.api.send('OPTIONS', REGISTER, undefined);
    const messages = answer.body.rules.map((rule: { message_en: string }) => rule.message_en);
    expect(messages).toEqual([
      'Your password must contain at least 10 character(s).',
      'Your password must contain at least 3 digit(s).',
      'Your password must contain at least 3 lower character(s).',
      'Your password must contain at least 2 upper character(s).',
      `Your password must contain at least 2 special character(s) from these : (${SPECIAL})`,
    ]);
  });
});
