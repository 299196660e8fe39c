import { startTestGatehouse, PUBLIC_URL, type TestGatehouse } from '../../support/gatehouse.js';
import { outcome, tokenHeader } from '../../support/api.js';
import {
  makePerson,
  mailedToken,
  mailsWrittenTo,
  PASSWORD,
  rowsOf,
  signIn,
} from '../../support/declared-people.js';
import { HOUR } from '../../../src/common/clock.js';
import { CHANGE, LOGIN, ME, refusal, REGISTER, RESET, TOKEN, twice, userBody } from './bodies.js';

const INVALID = { status: 400, body: refusal('serializer invalid', 'INVALID_DATA') };
const MISMATCH = { status: 400, body: refusal('Password confimation incorrect', 'MISMATCH_PASSWORDS') };
const BAD_URL_FORMAT = {
  status: 400,
  body: { errors: 'url_format is not a valid format_string', _errors: ['INVALID_PARAMETER'] },
};
const BAD_EMAIL_FORMAT = {
  status: 400,
  body: { errors: 'email_format is not a valid format_string', _errors: ['INVALID_PARAMETER'] },
};

describe('POST /api/v1.1/auth/register/', () => {
  let server: TestGatehouse;
  let count = 0;
  const freshEmail = () => `new-${++count}@example.com`;
  const register = (body: unknown, headers = {}) => server.api.post(REGISTER, body, headers);

  beforeAll(async () => {
    server = await startTestGatehouse({
      WEB_APP_URL: 'https://app.gatehouse.test/base',
      LINK_ORIGINS: 'https://shop.gatehouse.test',
    });
  });
  afterAll(() => server.stop());

  describe('with passwords', () => {
    it("answers the document's example: 201, the user body and a token that works", async () => {
      const answer = await register({ email: 'johndoe@netsach.com', ...twice('abcd1234') });
      expect(answer).toMatchObject({ status: 201 });
      expect(answer.body).toEqual(userBody('johndoe@netsach.com'));
      expect(answer.headers.get('cache-control')).toBe('no-store');
      const me = await server.api.get(ME, tokenHeader(answer.body.token as string));
      expect(me).toMatchObject({ status: 200, body: { uid: answer.body.uid } });
    });

    it('sends no mail', async () => {
      const email = freshEmail();
      expect((await register({ email, ...twice(PASSWORD) })).status).toBe(201);
      expect(await mailsWrittenTo(server, email)).toEqual([]);
    });

    it('stores the address in lower case and takes first and last name', async () => {
      const answer = await register({
        email: ' Ada.Lovelace@Example.COM ',
        ...twice(PASSWORD),
        first_name: 'Ada',
        last_name: 'Łąćka 😀',
      });
      expect(answer.body).toEqual(
        userBody('ada.lovelace@example.com', { first_name: 'Ada', last_name: 'Łąćka 😀' }),
      );
    });

    it('takes nothing else: level, is_staff, admin and unknown fields are ignored', async () => {
      const email = freshEmail();
      const answer = await register({
        email,
        ...twice(PASSWORD),
        level: 'superuser',
        is_staff: true,
        admin: true,
        is_superuser: true,
        uid: '00000000-0000-0000-0000-000000000000',
        external_auth: true,
        whatever: { deep: [] },
      });
      expect(answer).toMatchObject({ status: 201 });
      expect(answer.body).toEqual(userBody(email));
      expect(answer.body.uid).not.toBe('00000000-0000-0000-0000-000000000000');
    });

    it('takes passwords exactly as typed, outer white space included', async () => {
      const email = freshEmail();
      expect((await register({ email, ...twice('  spaced 123  ') })).status).toBe(201);
      expect((await server.api.post(LOGIN, { email, password: 'spaced 123' })).status).toBe(401);
      expect((await server.api.post(LOGIN, { email, password: '  spaced 123  ' })).status).toBe(200);
    });

    it('takes JSON numbers as text', async () => {
      const email = freshEmail();
      expect((await register({ email, password1: 12345678, password2: '12345678' })).status).toBe(201);
      expect((await server.api.post(LOGIN, { email, password: '12345678' })).status).toBe(200);
    });

    it('refuses a number whose digits JSON does not keep', async () => {
      const body = (digits: string) =>
        `{"email":"${freshEmail()}","password1":${digits},"password2":${digits}}`;
      const json = { 'content-type': 'application/json' };
      expect(outcome(await register(body('12345678901234567890'), json))).toEqual(INVALID);
      expect(outcome(await register(body('1e400'), json))).toEqual(INVALID);
    });

    it('takes a form-urlencoded body, with or without the trailing slash', async () => {
      const email = freshEmail();
      const form = new URLSearchParams({ email, ...twice(PASSWORD), first_name: 'Zoë & Co' });
      const answer = await server.api.post(REGISTER.slice(0, -1), form);
      expect(answer).toMatchObject({ status: 201 });
      expect(answer.body).toEqual(userBody(email, { first_name: 'Zoë & Co' }));
    });

    it.each([
      ['no e-mail address', {}],
      ['an empty one', { email: '' }],
      ['null', { email: null }],
      ['a list', { email: ['a@example.com'] }],
      ['true', { email: true }],
      ['no address', { email: 'johndoe' }],
      ['two addresses', { email: 'a@example.com,b@example.com' }],
      ['an address with a line break', { email: 'a@example.com\r\nBcc: b@example.com' }],
      ['one over 254 characters', { email: `${'a'.repeat(60)}@${'b.'.repeat(100)}example.com` }],
      ['one whose letters are longer when normalised', { email: `a@${'\uFDFA'.repeat(16)}.com` }],
      ['one that is no address when normalised', { email: 'a@exa\u2474mple.com' }],
      ['one with two @ when normalised', { email: 'a@exa\uFE6Bmple.com' }],
      ['one with a slash when normalised', { email: 'a@exa\u2100mple.com' }],
      ['one that turns the direction of text', { email: 'a@exa\u202Emple.com' }],
      ['quoted angle brackets', { email: '"a<b>"@example.com' }],
    ])('refuses %s as serializer invalid', async (_, body) => {
      expect(outcome(await register({ ...twice(PASSWORD), ...body }))).toEqual(INVALID);
      expect(outcome(await register(body))).toEqual(INVALID);
    });

    it.each([
      ['an empty password1', { password1: '', password2: PASSWORD }],
      ['an empty password2', { password1: PASSWORD, password2: '' }],
      ['a list as password1', { password1: [PASSWORD], password2: PASSWORD }],
      ['true as password1', { password1: true, password2: PASSWORD }],
      ['an empty url_format', { url_format: '' }],
      ['an object as url_format', { url_format: {} }],
      ['an empty email_format', { email_format: '' }],
      ['a first_name over 150 characters', { first_name: 'x'.repeat(151) }],
      ['null as last_name', { last_name: null }],
    ])('refuses %s as serializer invalid', async (_, body) => {
      expect(outcome(await register({ email: freshEmail(), ...body }))).toEqual(INVALID);
    });

    it.each([
      ['different passwords', { password1: 'abcd1234', password2: 'abcd12345' }],
      ['only the first', { password1: 'abcd1234' }],
      ['only the second', { password2: 'abcd1234' }],
      ['null as the second', { password1: 'abcd1234', password2: null }],
      ['weak and different ones', { password1: 'a', password2: 'b' }],
    ])('refuses %s with the sentence of the document', async (_, passwords) => {
      expect(outcome(await register({ email: freshEmail(), ...passwords }))).toEqual(MISMATCH);
    });

    it('refuses a short password, and one of over 1,024 characters', async () => {
      expect(outcome(await register({ email: freshEmail(), ...twice('short') }))).toEqual({
        status: 400,
        body: refusal('The password must contain at least 8 character(s).', 'NOT_ENOUGH_CHARS'),
      });
      expect(outcome(await register({ email: freshEmail(), ...twice('é'.repeat(1_025)) }))).toEqual({
        status: 400,
        body: refusal('The password must contain at most 1024 character(s).', 'PASSWORD_INSECURE'),
      });
      expect((await register({ email: freshEmail(), ...twice('é'.repeat(1_024)) })).status).toBe(201);
    });

    it('checks the formats too, after the passwords', async () => {
      const bad = { url_format: '/no-placeholders', email_format: 'no link' };
      expect(
        outcome(await register({ email: freshEmail(), password1: 'a', password2: 'b', ...bad })),
      ).toEqual(MISMATCH);
      expect(await register({ email: freshEmail(), ...twice('short'), ...bad })).toMatchObject({
        body: { _errors: ['NOT_ENOUGH_CHARS'] },
      });
      expect(
        outcome(await register({ email: freshEmail(), ...twice(PASSWORD), url_format: '/no-placeholders' })),
      ).toEqual(BAD_URL_FORMAT);
    });
  });

  describe('without passwords', () => {
    it('mails a link that sets the password and confirms the address; the first token works at once', async () => {
      const email = 'passwordless@example.com';
      const answer = await register({ email });
      expect(answer).toMatchObject({ status: 201 });
      expect(answer.body).toEqual(userBody(email, { external_auth: true }));
      const mail = await server.mailbox.waitFor(email);
      expect(mail.kind).toBe('set-password');
      expect(mail.links).toEqual([
        expect.stringMatching(
          /^https:\/\/app\.gatehouse\.test\/base\/#\/set-password\/[0-9a-f-]{36}\/passwordless%40example\.com\/$/,
        ),
      ]);
      const changed = await server.api.post(CHANGE, {
        email,
        ...twice(PASSWORD),
        password_change_token: await mailedToken(server, email),
      });
      expect(changed).toMatchObject({ status: 200, body: { token: TOKEN, external_auth: false } });
      expect(await mailsWrittenTo(server, email)).toEqual(['set-password']);
    });

    it.each([
      ['a path of the web application', '/set/{token}/{email}', 'https://app.gatehouse.test/base/set/'],
      [
        'an allowed origin',
        'https://shop.gatehouse.test/x?t={token}&e={email}',
        'https://shop.gatehouse.test/x?t=',
      ],
      ['our own origin', `${PUBLIC_URL}/y/{email}/{token}`, `${PUBLIC_URL}/y/`],
    ])('joins url_format to %s', async (_, url_format, start) => {
      const email = freshEmail();
      expect((await register({ email, url_format })).status).toBe(201);
      const mail = await server.mailbox.waitFor(email);
      expect(mail.links[0]!.startsWith(start)).toBe(true);
      expect(mail.links[0]).toContain(encodeURIComponent(email));
    });

    it.each([
      ['no {token}', '/x/{email}/'],
      ['no {email}', '/x/{token}/'],
      ['an unknown placeholder', '/x/{token}/{email}/{uid}'],
      ['an attribute of a placeholder', '/x/{token}/{email}/{token.x}'],
      ['a lone brace', '/x/{token}/{email}/{'],
      ['a doubled brace', '/x/{{token}}/{email}/'],
      ['a format specification', '/x/{token:>9}/{token}/{email}/'],
      ['a foreign origin', 'https://evil.example/{token}/{email}/'],
      ['a foreign origin without a scheme', '//evil.example/{token}/{email}/'],
      ['a backslash that browsers read as a slash', '/\\evil.example/{token}/{email}/'],
      ['credentials in the authority', 'https://app.gatehouse.test@evil.example/{token}/{email}/'],
      ['a longer host name', 'https://app.gatehouse.test.evil.example/{token}/{email}/'],
      ['another scheme', 'javascript:alert("{token}{email}")'],
      ['a line break', '/x/{token}/{email}/\r\nBcc: a@example.com'],
      ['white space', '/x/{token}/{email}/ more'],
      ['text that is no path', 'x/{token}/{email}/'],
    ])('refuses a url_format with %s', async (_, url_format) => {
      const email = freshEmail();
      expect(outcome(await register({ email, url_format }))).toEqual(BAD_URL_FORMAT);
      expect((await register({ email })).status).toBe(201);
    });

    it('takes null for a format as left out', async () => {
      const email = freshEmail();
      expect((await register({ email, url_format: null, email_format: null })).status).toBe(201);
      expect((await server.mailbox.waitFor(email)).links[0]).toContain('/#/set-password/');
    });
  });

  describe('email_format', () => {
    const format = 'Welcome {email}!\n\n{link}\n';

    it('is refused to nobody in particular with the sentence of the document', async () => {
      const refused = {
        status: 400,
        body: refusal('Only registered users are allowed to set an email_format', 'INVALID_PARAMETER'),
      };
      expect(outcome(await register({ email: freshEmail(), email_format: format }))).toEqual(refused);
      expect(
        outcome(await register({ email: freshEmail(), ...twice(PASSWORD), email_format: format })),
      ).toEqual(refused);
    });

    it('is refused before the formats are looked at', async () => {
      const body = { email: freshEmail(), email_format: 'no link', url_format: '/nothing' };
      expect(await register(body)).toMatchObject({ body: { _errors: ['INVALID_PARAMETER'] } });
      expect((await register(body)).body.message).toContain('Only registered users');
    });

    it('is refused to a simpleuser', async () => {
      const person = await makePerson(server, { email: 'simple@example.com' });
      const headers = tokenHeader(await signIn(server, person));
      expect(outcome(await register({ email: freshEmail(), email_format: format }, headers))).toEqual({
        status: 400,
        body: refusal(
          'Only registered users with a level of staff or higher levels are allowed to set an email_format',
          'INVALID_PARAMETER',
        ),
      });
    });

    it('is the whole text of the mail when a manager writes it', async () => {
      const person = await makePerson(server, { email: 'manager@example.com', level: 'manager' });
      const headers = tokenHeader(await signIn(server, person));
      const email = freshEmail();
      expect((await register({ email, email_format: format }, headers)).status).toBe(201);
      const mail = await server.mailbox.waitFor(email);
      expect(mail.html).toBeUndefined();
      expect(mail.text!.trim()).toBe(`Welcome ${email}!\n\n${mail.links[0]}`);
    });

    it.each([
      ['no {link}', 'Hello {email}'],
      ['an unknown placeholder', '{link} {token}'],
      ['a lone brace', '{link} }'],
      ['a control character', '{link} \u0007'],
      ['a foreign origin', '{link} or https://evil.example/'],
      ['a host that a value could lengthen', 'https://app.gatehouse.test{link}'],
    ])('is refused to a manager with %s', async (_, email_format) => {
      const person = await makePerson(server, { email: freshEmail(), level: 'manager' });
      const headers = tokenHeader(await signIn(server, person));
      expect(outcome(await register({ email: freshEmail(), email_format }, headers))).toEqual(
        BAD_EMAIL_FORMAT,
      );
    });

    it('is looked at after url_format', async () => {
      const person = await makePerson(server, { email: freshEmail(), level: 'superuser' });
      const headers = tokenHeader(await signIn(server, person));
      const body = { email: freshEmail(), email_format: 'x', url_format: '/x' };
      expect(outcome(await register(body, headers))).toEqual(BAD_URL_FORMAT);
    });
  });

  describe('an address that has a user already', () => {
    it('answers 200 with an empty body, changes nothing, and tells the owner once an hour', async () => {
      const owner = await makePerson(server, { email: 'owner@example.com', firstName: 'Olga' });
      const [users, grants] = [await rowsOf(server, 'users'), await rowsOf(server, 'grants')];
      for (const email of ['owner@example.com', 'OWNER@Example.com', ' owner@example.com']) {
        const answer = await register({ email, ...twice('stolen password 1'), first_name: 'Mallory' });
        expect(answer).toMatchObject({ status: 200, body: '' });
        expect(answer.headers.get('content-type')).toBeNull();
      }
      expect(outcome(await register({ email: owner.email }))).toEqual({ status: 200, body: '' });
      expect(await rowsOf(server, 'users')).toBe(users);
      expect(await rowsOf(server, 'grants')).toBe(grants);
      const me = await server.api.get(ME, tokenHeader(await signIn(server, owner)));
      expect(me.body.first_name).toBe('Olga');
      expect(await mailsWrittenTo(server, owner.email)).toEqual(['already-registered']);
      expect((await server.mailbox.waitFor(owner.email)).links).toEqual([]);

      server.clock.advance(HOUR - 60_000);
      await register({ email: owner.email });
      expect(await mailsWrittenTo(server, owner.email)).toHaveLength(1);
      server.clock.advance(60_000);
      await register({ email: owner.email });
      expect(await mailsWrittenTo(server, owner.email)).toHaveLength(2);
    });

    it('is answered after every other check', async () => {
      const owner = await makePerson(server, { email: 'second-owner@example.com' });
      expect(outcome(await register({ email: owner.email, password1: 'a' }))).toEqual(MISMATCH);
      expect(outcome(await register({ email: owner.email, url_format: '/x' }))).toEqual(BAD_URL_FORMAT);
      expect(await mailsWrittenTo(server, owner.email)).toEqual([]);
    });
  });

  describe('who asks', () => {
    it('may be signed in; a bad token is refused before the body is read', async () => {
      const person = await makePerson(server, { email: freshEmail() });
      const headers = tokenHeader(await signIn(server, person));
      const email = freshEmail();
      const answer = await register({ email, ...twice(PASSWORD) }, headers);
      expect(answer.body).toEqual(userBody(email));
      expect(outcome(await register({}, tokenHeader('0'.repeat(40))))).toEqual({
        status: 401,
        body: { detail: 'Invalid token.' },
      });
    });
  });

  describe.each([
    [REGISTER, 'Register'],
    [RESET, 'Reset Password'],
    [CHANGE, 'Change Password'],
  ])('OPTIONS %s', (path, name) => {
    it('lists the five password rules to anybody', async () => {
      const answer = await server.api.send('OPTIONS', path, undefined);
      expect(answer.status).toBe(200);
      expect(answer.body).toEqual({
        name,
        description: '',
        renders: ['application/json'],
        parses: ['application/json', 'application/x-www-form-urlencoded'],
        rules: [
          {
            message_en: 'Your password must contain at least 8 character(s).',
            message_fr: 'Votre mot de passe doit contenir au moins 8 caractère(s).',
            code: 'NOT_ENOUGH_CHARS',
          },
          expect.objectContaining({ code: 'NOT_ENOUGH_DIGITS' }),
          expect.objectContaining({ code: 'NOT_ENOUGH_LOWER' }),
          expect.objectContaining({ code: 'NOT_ENOUGH_UPPER' }),
          {
            message_en:
              'Your password must contain at least 0 special character(s) from these : (!@#$%^&*()_+-=[]{}|\'"`)',
            message_fr: expect.stringContaining('caractère(s) spécial(aux)'),
            code: 'NOT_ENOUGH_SPECIAL',
          },
        ],
      });
    });

    it('answers a preflight of our own origins, without credentials, and of no other', async () => {
      const preflight = (origin: string) =>
        server.api.send('OPTIONS', path, undefined, {
          origin,
          'access-control-request-method': 'POST',
          'access-control-request-headers': 'authorization,content-type',
        });
      const own = await preflight('https://shop.gatehouse.test');
      expect(own.status).toBe(204);
      expect(own.headers.get('access-control-allow-origin')).toBe('https://shop.gatehouse.test');
      expect(own.headers.get('access-control-allow-credentials')).toBeNull();
      expect(own.headers.get('access-control-allow-methods')).toBe('POST, OPTIONS');
      expect(own.headers.get('access-control-allow-headers')).toContain('Authorization');
      const foreign = await preflight('https://anywhere.example');
      expect(foreign.headers.get('access-control-allow-origin')).toBeNull();
    });
  });
});
