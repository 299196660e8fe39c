import type { Browser } from 'playwright-core';
import { DAY } from '../../src/common/clock.js';
import { makeGuarded } from '../support/authenticator.js';
import { startChromium } from '../support/chromium.js';
import { block, makePerson, PASSWORD } from '../support/declared-people.js';
import { PUBLIC_URL, startTestGatehouse, type TestGatehouse } from '../support/gatehouse.js';
import { PageVisitor } from '../support/page-visitor.js';
import { describeOnce } from '../support/test-database.js';

const SESSIONS = '**/v1/sessions';

describeOnce('what the hosted pages say to a refusal, in a browser', () => {
  let server: TestGatehouse;
  let browser: Browser;
  let ada: PageVisitor;
  let count = 0;

  beforeAll(async () => {
    server = await startTestGatehouse({
      ENABLE_USERS_SELF_REGISTER: 'false',
      AUTH_CONFIRM_EMAIL_ENABLE: 'true',
      PASSWORD_EXPIRY_TIME: '30',
      RATE_LIMITS: 'on',
    });
    browser = await startChromium({ 'id.gatehouse.test': new URL(server.api.address).host });
  });
  afterAll(async () => {
    await browser.close();
    await server.stop();
  });
  beforeEach(async () => {
    ada = await PageVisitor.come(browser);
  });
  afterEach(async () => {
    const { complaints } = ada;
    await ada.leave();
    expect(complaints).toEqual([]);
  });

  const address = () => `refused-${++count}@example.com`;
  const person = (fields = {}) => makePerson(server, { email: address(), ...fields });

  it('blocked', async () => {
    const somebody = await person();
    await block(server, somebody);
    await ada.signIn(somebody.email, PASSWORD);
    await ada.reads('This account is blocked. Please ask the people who run this service.');
  });

  it('not confirmed, with the way to a link', async () => {
    const { email } = await person({ emailVerified: false });
    await ada.signIn(email, PASSWORD);
    await ada.reads(
      'Your e-mail address is not confirmed yet. Open the link in the message that we sent you.',
    );
    await ada.follow('Send me a link to choose a new password');
    await ada.sees('Forgot your password?');
  });

  it('password too old, with the way to a new one', async () => {
    const { email } = await person();
    server.clock.advance(31 * DAY);
    await ada.signIn(email, PASSWORD);
    await ada.reads('Your password is too old.');
    await ada.follow('Send me a link to choose a new password');
    await ada.sees('Forgot your password?');
  });

  it('too many attempts, with the time to wait, and nothing that was typed is lost', async () => {
    const { email } = await person();
    await ada.signIn(email, 'wrong');
    await ada.reads('There is no such account, or the password is wrong.');
    for (let failures = 1; failures < 10; failures += 1) {
      await server.api.post('/v1/sessions', { identifier: email, password: 'wrong' });
    }
    await ada.press('Sign in');
    await ada.reads(/^Too many attempts\. Please try again in \d+ (seconds?|minutes?)\.$/);
    expect(await ada.page.getByLabel('Password', { exact: true }).inputValue()).toBe('wrong');
    server.clock.advance(DAY);
    await ada.type('Password', PASSWORD);
    await ada.press('Sign in');
    await ada.sees('My account');
  });

  it('overloaded, with the time to wait; and failed', async () => {
    const { email } = await person();
    const replies = [
      { status: 503, headers: { 'retry-after': '7' }, json: { code: 'overloaded' } },
      { status: 500, json: { code: 'internal' } },
    ];
    await ada.page.route(SESSIONS, (route) => {
      const reply = route.request().method() === 'POST' && replies.shift();
      return reply ? route.fulfill(reply) : route.continue();
    });
    await ada.signIn(email, PASSWORD);
    await ada.reads('The server is busy. Please try again in 7 seconds.');
    await ada.press('Sign in');
    await ada.reads('The server could not do this. What you typed is still here: please try again.');
    await ada.press('Try again');
    await ada.sees('My account');
  });

  it('a second factor is asked for that the account does not have', async () => {
    await ada.page.route(SESSIONS, (route) =>
      route.fulfill({ status: 401, json: { code: 'second-factor-required', methods: [] } }),
    );
    await ada.signIn('ada@example.com', PASSWORD);
    await ada.reads('This account has to have a second factor, and has none yet.');
  });

  it('nobody registers by himself: no way leads there, and the page says so at once', async () => {
    await ada.open('#/sign-in');
    await ada.sees('Sign in');
    expect(await ada.page.getByRole('link').allTextContents()).toEqual([
      'I forgot my password',
      'Send me a link that signs me in',
    ]);
    await ada.open('#/register');
    await ada.reads('Nobody can create an account here by himself.');
    expect(await ada.page.getByRole('textbox').count()).toBe(0);
  });

  describe('when the answer is lost after the server did it', () => {
    /** The server does what is posted to `path`; the connection breaks, before or after the browser has the cookie. */
    const loseAnswer = (path: string, hasCookie: boolean) =>
      ada.page.route(`**${path}`, async (route) => {
        const { headers } = await server.api.post(path, route.request().postDataJSON());
        const [, value = ''] = /^session=([^;]+)/.exec(headers.getSetCookie()[0] ?? '') ?? [];
        expect(value).not.toBe('');
        if (hasCookie) await ada.context.addCookies([{ name: 'session', value, url: PUBLIC_URL }]);
        await route.abort();
      });
    const guarded = async () => {
      const { email, app } = await makeGuarded(server, { email: address() });
      await ada.signIn(email, PASSWORD);
      await ada.sees('One more step');
      await ada.type('Code from your authenticator app', app.freshCode());
      return { email, app };
    };
    const breakAndTryAgain = async (path: string, button: string) => {
      await ada.press(button);
      await ada.reads('The server cannot be reached.');
      await ada.page.unroute(`**${path}`);
      await ada.press('Try again');
    };

    it('goes on when the browser is signed in all the same', async () => {
      const { email } = await guarded();
      await loseAnswer('/v1/sessions', true);
      await breakAndTryAgain('/v1/sessions', 'Sign in');
      await ada.sees('My account');
      await ada.reads(email);
    });

    it('says that the code may have been used by it', async () => {
      const { app } = await guarded();
      await loseAnswer('/v1/sessions', false);
      await breakAndTryAgain('/v1/sessions', 'Sign in');
      await ada.reads('This code is not right, or was used before, perhaps by your last try');
      await ada.type('Code from your authenticator app', app.freshCode());
      await ada.press('Sign in');
      await ada.sees('My account');
    });

    it.each<[string, boolean, string]>([
      ['goes on by a mailed link that has signed in', true, 'You are signed in'],
      ['says that a mailed link may have signed in', false, 'This link is not valid any more'],
    ])('%s', async (_, hasCookie, title) => {
      const { email } = await person();
      await server.api.post('/v1/sign-in-links', { email });
      const mail = await server.mailbox.waitFor(email, 1, /#\/sign-in\//);
      await ada.open(mail.links.find((link) => link.includes('/#/'))!);
      await loseAnswer('/api/validate_token', hasCookie);
      await breakAndTryAgain('/api/validate_token', 'Sign in now');
      await ada.sees(title);
      if (!hasCookie) await ada.reads('you may be signed in already');
    });

    it('says that a new password may have been saved', async () => {
      const { email } = await person();
      await server.api.post('/api/v1.1/auth/reset-password/', { email });
      const mail = await server.mailbox.waitFor(email, 1, /#\/reset-password\//);
      const path = '/api/v1.1/auth/change-password/';
      await ada.page.route(`**${path}`, async (route) => {
        const { status } = await server.api.post(path, route.request().postDataJSON());
        expect(status).toBe(200);
        await route.abort();
      });
      await ada.open(mail.links.find((link) => link.includes('/#/'))!);
      await ada.type('New password', 'a whole new horse 7');
      await ada.type('New password, once more', 'a whole new horse 7');
      await breakAndTryAgain(path, 'Save password');
      await ada.sees('This link is not valid any more');
      await ada.reads('the password may have been saved');
    });
  });
});
