import type { Browser, Route } from 'playwright-core';
import { makeGuarded } from '../support/authenticator.js';
import { startChromium } from '../support/chromium.js';
import { makePerson, mailsWrittenTo, PASSWORD } from '../support/declared-people.js';
import { PUBLIC_URL, startTestGatehouse, type TestGatehouse } from '../support/gatehouse.js';
import { mailedCode, makeMailGuarded, wrongCodeFor } from '../support/mailed-codes.js';
import { PageVisitor } from '../support/page-visitor.js';

const NEW = 'a whole new horse 7';

describe('the hosted pages, in a browser', () => {
  let server: TestGatehouse;
  let browser: Browser;
  let ada: PageVisitor;
  let count = 0;

  beforeAll(async () => {
    server = await startTestGatehouse();
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

  const address = () => `visitor-${++count}@example.com`;
  const mailedLink = async (email: string, mails = 1) => {
    const mail = await server.mailbox.waitFor(email, mails, /\/#\//);
    return mail.links.find((link) => link.includes('/#/'))!;
  };
  const choosePassword = async (password: string) => {
    await ada.type('New password', password);
    await ada.type('New password, once more', password);
    await ada.press('Save password');
    await ada.sees('Your password is saved');
  };

  it('lead a newcomer from registration over the mailbox to the account', async () => {
    const email = address();
    await ada.open('/');
    await ada.sees('Sign in');
    await ada.follow('Create an account');
    await ada.type('E-mail address', email);
    await ada.press('Create account');
    await ada.sees('Look into your mailbox');
    await ada.open(await mailedLink(email));
    await ada.sees('Set your password');
    await choosePassword(NEW);
    await ada.follow('Back to sign-in');
    await ada.sees('Sign in');
    await ada.type('E-mail address or user name', email);
    await ada.type('Password', NEW);
    await ada.press('Sign in');
    await ada.sees('My account');
    await ada.reads(email);
  });

  it('say the same of an address that is registered already', async () => {
    const { email } = await makePerson(server, { email: address() });
    await ada.open('#/register');
    await ada.type('E-mail address', email);
    await ada.press('Create account');
    await ada.sees('Look into your mailbox');
    expect(await mailsWrittenTo(server, email)).toEqual(['already-registered']);
  });

  it('replace a forgotten password, which ends the session that was open', async () => {
    const { email } = await makePerson(server, { email: address() });
    await ada.signIn(email, PASSWORD);
    await ada.sees('My account');
    await ada.open('#/forgot-password');
    await ada.type('E-mail address', email);
    await ada.press('Send link');
    await ada.sees('Look into your mailbox');
    const link = await mailedLink(email);
    await ada.open(link);
    await ada.sees('Choose a new password');
    expect(ada.page.url()).toBe(`${PUBLIC_URL}/#/reset-password/`);
    await choosePassword(NEW);
    await ada.open('#/me');
    await ada.sees('Sign in');
    await ada.signIn(email, PASSWORD);
    await ada.reads('There is no such account, or the password is wrong.');
    await ada.type('Password', NEW);
    await ada.press('Sign in');
    await ada.sees('My account');
    await ada.open(link);
    await ada.type('New password', PASSWORD);
    await ada.type('New password, once more', PASSWORD);
    await ada.press('Save password');
    await ada.sees('This link is not valid any more');
  });

  it('tick off the rules while a password is typed, and keep what was typed when one is broken', async () => {
    const { email } = await makePerson(server, { email: address() });
    await server.api.post('/api/v1.1/auth/reset-password/', { email });
    await ada.open(await mailedLink(email));
    const rule = ada.page.getByRole('listitem').filter({ hasText: 'characters: at least 8' });
    await ada.type('New password', 'short');
    await rule.filter({ hasText: '(still missing)' }).waitFor();
    await ada.type('New password, once more', 'other');
    await ada.press('Save password');
    await ada.reads('The two passwords are not the same.');
    await ada.type('New password, once more', 'short');
    await ada.press('Save password');
    await ada.reads('The password does not meet all the rules yet.');
    expect(await ada.page.getByLabel('New password', { exact: true }).inputValue()).toBe('short');
    await ada.type('New password', 'long enough');
    await rule.filter({ hasText: '(fulfilled)' }).waitFor();
  });

  it('ask for a code of the authenticator app, refuse a wrong one, and trust the device', async () => {
    const { email, app } = await makeGuarded(server, { email: address() });
    await ada.signIn(email, PASSWORD);
    await ada.sees('One more step');
    await ada.type('Code from your authenticator app', app.wrongCode());
    await ada.press('Sign in');
    await ada.reads('This code is not right, or was used before.');
    await ada.type('Code from your authenticator app', app.freshCode());
    await ada.page.getByLabel('Trust this device for 30 days').check();
    await ada.press('Sign in');
    await ada.sees('My account');
    await ada.press('Sign out');
    await ada.sees('Sign in');
    await ada.signIn(email, PASSWORD);
    await ada.sees('My account');
  });

  it('take a recovery code in the place of the app', async () => {
    const { email, recoveryCodes } = await makeGuarded(server, { email: address() });
    await ada.signIn(email, PASSWORD);
    await ada.press('Use a recovery code');
    await ada.reads('One of your recovery codes');
    // The field has the focus: nothing needs to be pressed first.
    await ada.page.keyboard.type(recoveryCodes[0]!);
    await ada.page.keyboard.press('Enter');
    await ada.sees('My account');
  });

  it('ask for the code that was mailed', async () => {
    const { email } = await makeMailGuarded(server, { email: address() });
    await ada.signIn(email, PASSWORD);
    await ada.sees('One more step');
    const code = await mailedCode(server, email);
    await ada.type('Code from the message that we sent you', wrongCodeFor(code));
    await ada.press('Sign in');
    await ada.reads('This code is not right, or was used before.');
    await ada.type('Code from the message that we sent you', code);
    await ada.press('Sign in');
    await ada.sees('My account');
  });

  it('sign in by a mailed link, once, and take it out of the address bar', async () => {
    const { email } = await makePerson(server, { email: address() });
    await server.api.post('/v1/sign-in-links', { email });
    const link = await mailedLink(email);
    await ada.open(link);
    await ada.press('Sign in now');
    await ada.sees('You are signed in');
    expect(ada.page.url()).toBe(`${PUBLIC_URL}/#/sign-in/`);
    await ada.follow('My account');
    await ada.reads(email);
    await ada.open(link);
    await ada.press('Sign in now');
    await ada.sees('This link is not valid any more');
    await ada.page.reload();
    await ada.sees('This link is not complete');
  });

  it('send once, however often the button is pressed, and again after the connection broke', async () => {
    const { email } = await makePerson(server, { email: address() });
    const held: Route[] = [];
    let wake: () => void = () => undefined;
    await ada.page.route('**/v1/sessions', async (route) => {
      if (route.request().method() !== 'POST') return route.continue();
      held.push(route);
      wake();
    });
    const sendings = async (count: number) => {
      while (held.length < count) await new Promise<void>((resolve) => (wake = resolve));
      return held.length;
    };
    await ada.signIn(email, PASSWORD);
    await ada.reads('One moment…');
    await ada.page.getByLabel('Password', { exact: true }).press('Enter');
    await ada.page.getByRole('button', { name: 'Sign in', exact: true }).click({ force: true });
    await sendings(1);
    await held[0]!.abort();
    await ada.reads('The server cannot be reached. What you typed is still here');
    await ada.press('Try again');
    await ada.reads('One moment…');
    // One more than before: neither the key nor the second press had sent anything.
    expect(await sendings(2)).toBe(2);
    await held[1]!.continue();
    await ada.sees('My account');
  });

  it.each([
    ['fr', 'Connexion'],
    ['pl', 'Logowanie'],
    ['de', 'Sign in'],
  ])('speak the language of the browser: %s', async (locale, title) => {
    const visitor = await PageVisitor.come(browser, { locale });
    await visitor.open('#/sign-in');
    await visitor.sees(title);
    expect(await visitor.page.title()).toBe(title);
    await visitor.leave();
  });

  it('tell password managers what each field is for', async () => {
    const purposes = () =>
      ada.page
        .locator('input:not([type=checkbox])')
        .evaluateAll((inputs: { getAttribute(name: string): string | null }[]) =>
          inputs.map((input) => input.getAttribute('autocomplete')),
        );
    await ada.open('#/sign-in');
    await ada.sees('Sign in');
    expect(await purposes()).toEqual(['username webauthn', 'current-password']);
    await ada.open('#/set-password/token/ada%40example.org/');
    await ada.sees('Set your password');
    expect(await purposes()).toEqual(['username', 'new-password', 'new-password']);
  });
});
