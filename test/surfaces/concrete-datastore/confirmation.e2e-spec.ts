import { DAY } from '../../../src/common/clock.js';
import { outcome, tokenHeader } from '../../support/api.js';
import { PUBLIC_URL, startTestGatehouse, type TestGatehouse } from '../../support/gatehouse.js';
import {
  block,
  findPerson,
  makePerson,
  mailedToken,
  mailsWrittenTo,
  PASSWORD,
  rowsOf,
  signIn,
} from '../../support/declared-people.js';
import {
  accountBody,
  CHANGE,
  DIFFERENT,
  LOGIN,
  ME,
  refusal,
  REGISTER,
  RESET,
  TOKEN,
  twice,
  userBody,
} from './bodies.js';

const UNCONFIRMED = {
  status: 401,
  body: refusal('Email has not been validated', 'EMAIL_NOT_VALIDATED'),
};
const pathOf = (link: string) => link.slice(PUBLIC_URL.length);

describe('with AUTH_CONFIRM_EMAIL_ENABLE', () => {
  let server: TestGatehouse;
  let count = 0;
  const freshEmail = () => `new-${++count}@example.com`;

  beforeAll(async () => {
    server = await startTestGatehouse({
      AUTH_CONFIRM_EMAIL_ENABLE: 'true',
      WEB_APP_URL: 'https://app.gatehouse.test',
    });
  });
  afterAll(() => server.stop());

  /** Registers and answers the path of the confirmation page in the one mail. */
  async function registered(email: string): Promise<string> {
    const answer = await server.api.post(REGISTER, { email, ...twice(PASSWORD) });
    expect(answer.status).toBe(201);
    return pathOf((await server.mailbox.waitFor(email)).links[0]!);
  }

  describe('POST /api/v1.1/auth/register/', () => {
    it('answers a null token and sends one mail with the confirmation page', async () => {
      const email = freshEmail();
      const grants = await rowsOf(server, 'grants');
      const answer = await server.api.post(REGISTER, { email, ...twice(PASSWORD) });
      expect(outcome(answer)).toEqual({ status: 201, body: userBody(email, { token: null }) });
      expect(await rowsOf(server, 'grants')).toBe(grants);
      const mail = await server.mailbox.waitFor(email);
      expect(mail.links).toEqual([
        expect.stringMatching(new RegExp(`^${PUBLIC_URL}/c/confirm-user-email/[0-9a-f-]{36}$`)),
      ]);
      expect(await mailsWrittenTo(server, email)).toEqual(['confirm-email']);
    });

    it('sends one mail with both links to who registers without a password', async () => {
      const email = freshEmail();
      const answer = await server.api.post(REGISTER, { email });
      expect(outcome(answer)).toEqual({
        status: 201,
        body: userBody(email, { token: null, external_auth: true }),
      });
      const mail = await server.mailbox.waitFor(email);
      expect(mail.links).toEqual([
        expect.stringMatching(new RegExp(`^${PUBLIC_URL}/c/confirm-user-email/[0-9a-f-]{36}$`)),
        expect.stringMatching(/^https:\/\/app\.gatehouse\.test\/#\/set-password\/[0-9a-f-]{36}\//),
      ]);
      expect(await mailsWrittenTo(server, email)).toEqual(['confirm-and-set-password']);
    });

    it('lets both links be used, in either order', async () => {
      for (const order of ['confirm first', 'password first']) {
        const email = freshEmail();
        await server.api.post(REGISTER, { email });
        const { links } = await server.mailbox.waitFor(email);
        const confirm = () => server.api.post(pathOf(links[0]!));
        const setPassword = () =>
          server.api.post(CHANGE, {
            email,
            ...twice(PASSWORD),
            password_change_token: /[0-9a-f-]{36}/.exec(links[1]!)![0],
          });
        if (order === 'confirm first') expect((await confirm()).status).toBe(200);
        expect((await setPassword()).status).toBe(200);
        expect((await server.api.post(LOGIN, { email, password: PASSWORD })).status).toBe(200);
      }
    });

    it('puts both links into the mail of an email_format', async () => {
      const manager = await makePerson(server, { email: 'manager@example.com', level: 'manager' });
      const email = freshEmail();
      const answer = await server.api.post(
        REGISTER,
        { email, email_format: 'Dear {email}, {link}' },
        tokenHeader(await signIn(server, manager)),
      );
      expect(answer.status).toBe(201);
      const mail = await server.mailbox.waitFor(email);
      expect(mail.text).toMatch(new RegExp(`^Dear ${email}, https://app`));
      expect(mail.links).toHaveLength(2);
      expect((await server.api.post(pathOf(mail.links[1]!))).status).toBe(200);
    });
  });

  describe('POST /api/v1.1/auth/login/', () => {
    it('refuses an unconfirmed address only to who knows the password', async () => {
      const email = freshEmail();
      await registered(email);
      expect(outcome(await server.api.post(LOGIN, { email, password: PASSWORD }))).toEqual(UNCONFIRMED);
      expect(outcome(await server.api.post(LOGIN, { email, password: DIFFERENT }))).toEqual({
        status: 401,
        body: refusal('Wrong auth credentials', 'WRONG_AUTH_CREDENTIALS'),
      });
    });

    it('tells of blocking before it tells of confirmation', async () => {
      const person = await makePerson(server, { email: freshEmail(), emailVerified: false });
      await block(server, person);
      expect(outcome(await server.api.post(LOGIN, { email: person.email, password: PASSWORD }))).toEqual({
        status: 401,
        body: refusal('User blocked', 'USER_BLOCKED'),
      });
    });
  });

  describe('/c/confirm-user-email/<token>', () => {
    it('shows a page with a form and consumes nothing by GET and HEAD', async () => {
      const email = freshEmail();
      const path = await registered(email);
      for (const suffix of ['', '/', '', '']) {
        const page = await server.api.get(`${path}${suffix}`);
        expect(page.status).toBe(200);
        expect(page.headers.get('content-type')).toBe('text/html; charset=utf-8');
        expect(page.headers.get('cache-control')).toBe('no-store');
        expect(page.headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
        expect(page.body).toMatch(/<form method="post" action="">\s*<button type="submit">/);
        expect(page.body).not.toMatch(/<input|<script|set-cookie/i);
      }
      const head = await server.api.send('HEAD', path, undefined);
      expect(head).toMatchObject({ status: 200, body: '' });
      expect(outcome(await server.api.post(LOGIN, { email, password: PASSWORD }))).toEqual(UNCONFIRMED);
    });

    it('confirms by a POST without a body, once; the second time a page explains', async () => {
      const email = freshEmail();
      const path = await registered(email);
      const first = await server.api.post(path);
      expect(first.status).toBe(200);
      expect(first.headers.get('content-type')).toBe('text/html; charset=utf-8');
      expect(first.body).toContain('Your e-mail address is confirmed');
      expect((await server.api.post(LOGIN, { email, password: PASSWORD })).status).toBe(200);
      for (const method of ['POST', 'GET', 'HEAD']) {
        const again = await server.api.send(method, path, undefined);
        expect(again.status).toBe(410);
        if (method !== 'HEAD') expect(again.body).toContain('This link was used before');
      }
    });

    it('confirms by the form that a browser posts', async () => {
      const email = freshEmail();
      const path = await registered(email);
      const posted = await server.api.post(path, new URLSearchParams(), {
        origin: PUBLIC_URL,
        'sec-fetch-site': 'same-origin',
      });
      expect(posted.status).toBe(200);
    });

    it('of two posts at once one wins', async () => {
      const path = await registered(freshEmail());
      const answers = await Promise.all([server.api.post(path), server.api.post(path)]);
      expect(answers.map((answer) => answer.status).sort()).toEqual([200, 410]);
    });

    it.each([
      'c3b0e5e2-0000-4000-8000-000000000000',
      'x',
      '%F0%9F%98%80',
      'a'.repeat(1_000),
      '..%2F..%2Fetc',
      "'%20OR%201=1",
    ])('answers 404 with a page for the unknown token %s', async (token) => {
      for (const method of ['GET', 'POST', 'HEAD']) {
        const page = await server.api.send(method, `/c/confirm-user-email/${token}`, undefined);
        expect(page.status).toBe(404);
        expect(page.headers.get('content-type')).toBe('text/html; charset=utf-8');
        if (method !== 'HEAD') expect(page.body).toContain('This link is not valid');
      }
    });

    it('speaks the language of the reader', async () => {
      const path = await registered(freshEmail());
      const french = await server.api.get(path, { 'accept-language': 'fr-CA,fr;q=0.9' });
      expect(french.body).toContain('<html lang="fr">');
      const polish = await server.api.get('/c/confirm-user-email/x', { 'accept-language': 'pl' });
      expect(polish.body).toContain('<html lang="pl">');
    });

    it('refuses the post of a foreign page', async () => {
      const path = await registered(freshEmail());
      const answer = await server.api.post(path, undefined, { origin: 'https://evil.example' });
      expect(answer.status).toBe(403);
      expect(answer.headers.get('content-type')).toBe('text/html; charset=utf-8');
      expect((await server.api.get(path)).status).toBe(200);
    });

    it('is dead after seven days, and after blocking', async () => {
      const [email, other] = [freshEmail(), freshEmail()];
      const path = await registered(email);
      const blocked = await registered(other);
      await block(server, await findPerson(server, other));
      expect((await server.api.post(blocked)).status).toBe(404);
      server.clock.advance(7 * DAY - 60_000);
      expect((await server.api.get(path)).status).toBe(200);
      server.clock.advance(60_000);
      expect((await server.api.get(path)).status).toBe(404);
      expect((await server.api.post(path)).status).toBe(404);
    });
  });

  describe('POST /api/v1.1/auth/change-password/', () => {
    it('confirms the address that the reset link was mailed to', async () => {
      const email = freshEmail();
      await registered(email);
      await server.api.post(RESET, { email });
      const changed = await server.api.post(CHANGE, {
        email,
        ...twice(DIFFERENT),
        password_change_token: await mailedToken(server, email, 2),
      });
      expect(changed).toMatchObject({ status: 200, body: { token: TOKEN } });
      expect((await server.api.post(LOGIN, { email, password: DIFFERENT })).status).toBe(200);
    });
  });

  describe('PATCH /api/v1.1/account/me/', () => {
    it('changes the address only once the new one is confirmed; then the old one is told', async () => {
      const [old, wanted] = [freshEmail(), freshEmail()];
      const person = await makePerson(server, { email: old });
      const headers = tokenHeader(await signIn(server, person));

      const patched = await server.api.patch(ME, { email: wanted.toUpperCase(), first_name: 'Ada' }, headers);
      expect(outcome(patched)).toEqual({
        status: 200,
        body: accountBody(person.uid, old, { first_name: 'Ada' }),
      });
      expect(await mailsWrittenTo(server, old)).toEqual([]);
      expect(await mailsWrittenTo(server, wanted)).toEqual(['confirm-email']);
      expect((await server.api.post(LOGIN, { email: wanted, password: PASSWORD })).status).toBe(401);

      const { links } = await server.mailbox.waitFor(wanted);
      expect((await server.api.post(pathOf(links[0]!))).status).toBe(200);
      expect(outcome(await server.api.get(ME, headers))).toEqual({
        status: 200,
        body: accountBody(person.uid, wanted, { first_name: 'Ada' }),
      });
      expect((await server.api.post(LOGIN, { email: wanted, password: PASSWORD })).status).toBe(200);
      expect((await server.api.post(LOGIN, { email: old, password: PASSWORD })).status).toBe(401);
      expect(await mailsWrittenTo(server, old)).toEqual(['email-changed']);
    });

    it('ends the link to an address when another one is wanted', async () => {
      const person = await makePerson(server, { email: freshEmail() });
      const headers = tokenHeader(await signIn(server, person));
      const [first, second] = [freshEmail(), freshEmail()];
      await server.api.patch(ME, { email: first }, headers);
      await server.api.patch(ME, { email: second }, headers);
      const links = [await server.mailbox.waitFor(first), await server.mailbox.waitFor(second)].map((mail) =>
        pathOf(mail.links[0]!),
      );
      expect((await server.api.post(links[0]!)).status).toBe(404);
      expect((await server.api.post(links[1]!)).status).toBe(200);
    });

    it('refuses the link when somebody took the address meanwhile, and leaves both users as they are', async () => {
      const person = await makePerson(server, { email: freshEmail() });
      const headers = tokenHeader(await signIn(server, person));
      const wanted = freshEmail();
      await server.api.patch(ME, { email: wanted }, headers);
      const { links } = await server.mailbox.waitFor(wanted);
      const other = await makePerson(server, { email: wanted });
      const answer = await server.api.post(pathOf(links[0]!));
      expect(answer.status).toBeGreaterThanOrEqual(400);
      expect(answer.status).toBeLessThan(500);
      expect(answer.headers.get('content-type')).toBe('text/html; charset=utf-8');
      expect((await server.api.get(ME, headers)).body.email).toBe(person.email);
      expect((await server.api.get(ME, tokenHeader(await signIn(server, other)))).body.email).toBe(wanted);
      expect(await mailsWrittenTo(server, person.email)).toEqual([]);
    });

    it('does nothing for the address that he has already', async () => {
      const person = await makePerson(server, { email: freshEmail() });
      const headers = tokenHeader(await signIn(server, person));
      expect((await server.api.patch(ME, { email: person.email.toUpperCase() }, headers)).status).toBe(200);
      expect(await mailsWrittenTo(server, person.email)).toEqual([]);
    });
  });
});
