import type { Browser, Route } from 'playwright-core';
import { startChromium } from '../support/chromium.js';
import { makePerson, PASSWORD } from '../support/declared-people.js';
import { startTestGatehouse, type TestGatehouse } from '../support/gatehouse.js';
import { PageVisitor } from '../support/page-visitor.js';
import { TestSmtp } from '../support/smtp.js';

const NEW = 'a whole new horse 7';

describe('whole journeys by real mail, in a browser', () => {
  const smtp = new TestSmtp();
  let server: TestGatehouse;
  let browser: Browser;
  let ada: PageVisitor;
  let count = 0;

  beforeAll(async () => {
    server = await startTestGatehouse({ SMTP_URL: await smtp.listen() });
    browser = await startChromium({ 'id.gatehouse.test': new URL(server.api.address).host });
  });
  afterAll(async () => {
    await browser.close();
    await server.stop();
    await smtp.close();
  });
  beforeEach(async () => {
    ada = await PageVisitor.come(browser);
  });
  afterEach(async () => {
    const { complaints } = ada;
    await ada.leave();
    expect(complaints).toEqual([]);
  });

  const address = () => `traveller-${++count}@example.com`;
  const choosePassword = async (password: string) => {
    await ada.type('New password', password);
    await ada.type('New password, once more', password);
    await ada.press('Save password');
    await ada.sees('Your password is saved');
    await ada.follow('Back to sign-in');
  };
  const enter = async (email: string, password: string) => {
    await ada.sees('Sign in');
    await ada.type('E-mail address or user name', email);
    await ada.type('Password', password);
    await ada.press('Sign in');
    await ada.sees('My account');
    await ada.reads(email);
  };

  it('register, choose a password, sign in', async () => {
    const email = address();
    await ada.open('/');
    await ada.follow('Create an account');
    await ada.type('E-mail address', email);
    await ada.press('Create account');
    await ada.sees('Look into your mailbox');
    await ada.open(await smtp.linkTo(email, /#\/set-password\//));
    await choosePassword(NEW);
    await enter(email, NEW);
  });

  it('replace a forgotten password, which ends the session of another browser', async () => {
    const { email } = await makePerson(server, { email: address() });
    const other = await PageVisitor.come(browser);
    await other.signIn(email, PASSWORD);
    await other.sees('My account');
    const { value } = (await other.context.cookies()).find(({ name }) => name === 'session')!;
    const session = { cookie: `session=${value}` };
    expect((await server.api.get('/v1/me', session)).status).toBe(200);
    await ada.open('#/sign-in');
    await ada.follow('I forgot my password');
    await ada.type('E-mail address', email);
    await ada.press('Send link');
    await ada.sees('Look into your mailbox');
    await ada.open(await smtp.linkTo(email, /#\/reset-password\//));
    await choosePassword(NEW);
    expect((await server.api.get('/v1/me', session)).status).toBe(401);
    await other.page.reload();
    await other.sees('Sign in');
    await other.leave();
    await enter(email, NEW);
  });

  it('ask on the page for a link that signs in', async () => {
    const { email } = await makePerson(server, { email: address() });
    await ada.open('#/sign-in');
    await ada.follow('Send me a link that signs me in');
    await ada.sees('Sign in by a mailed link');
    await ada.type('E-mail address', email);
    await ada.press('Send link');
    await ada.reads(`If there is an account for ${email}, a message is on its way to it.`);
    await ada.open(await smtp.linkTo(email, /#\/sign-in\//));
    await ada.press('Sign in now');
    await ada.sees('You are signed in');
    await ada.follow('My account');
    await ada.reads(email);
  });

  it('hear the same of an address that nobody has, and nothing is sent there', async () => {
    const nobody = address();
    const { email } = await makePerson(server, { email: address() });
    for (const asked of [nobody, email]) {
      await ada.open('#/sign-in-link');
      await ada.type('E-mail address', asked);
      await ada.press('Send link');
      await ada.reads(`If there is an account for ${asked}, a message is on its way to it.`);
    }
    await smtp.linkTo(email, /#\/sign-in\//);
    expect(smtp.to(nobody)).toEqual([]);
  });

  it('keep what was typed when the connection is slow and breaks', async () => {
    const { email } = await makePerson(server, { email: address() });
    const path = '**/v1/sign-in-links';
    const held = new Promise<Route>((resolve) => void ada.page.route(path, resolve));
    await ada.open('#/sign-in-link');
    await ada.type('E-mail address', 'no address');
    await ada.press('Send link');
    await ada.reads('Please enter a whole e-mail address');
    await ada.type('E-mail address', email);
    await ada.press('Send link');
    await ada.reads('One moment…');
    await (await held).abort();
    await ada.reads('The server cannot be reached. What you typed is still here');
    await ada.page.unroute(path);
    await ada.press('Try again');
    await ada.sees('Look into your mailbox');
  });
});
