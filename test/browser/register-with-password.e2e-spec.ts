import type { Browser } from 'playwright-core';
import { startChromium } from '../support/chromium.js';
import { mailsWrittenTo } from '../support/declared-people.js';
import { startTestGatehouse, type TestGatehouse } from '../support/gatehouse.js';
import { PageVisitor } from '../support/page-visitor.js';
import { describeOnce } from '../support/test-database.js';

const EMAIL = 'ada@example.com';
const PASSWORD = 'correct horse 1';

describeOnce('registration where no password link is mailed, in a browser', () => {
  let server: TestGatehouse;
  let browser: Browser;

  beforeAll(async () => {
    server = await startTestGatehouse({ ALLOW_SEND_EMAIL_ON_REGISTER: 'false' });
    browser = await startChromium({ 'id.gatehouse.test': new URL(server.api.address).host });
  });
  afterAll(async () => {
    await browser.close();
    await server.stop();
  });

  it('asks for a password at once, tells which field is wrong, and lets its owner in', async () => {
    const ada = await PageVisitor.come(browser);
    await ada.open('#/register');
    await ada.type('E-mail address', 'ada@example.c');
    await ada.type('New password', PASSWORD);
    await ada.type('New password, once more', PASSWORD);
    await ada.press('Create account');
    await ada.reads('Please enter a whole e-mail address');
    expect(await ada.page.evaluate('document.activeElement.id')).toBe('email');
    await ada.type('E-mail address', EMAIL);
    await ada.press('Create account');
    await ada.sees('Your account is ready');
    expect(await mailsWrittenTo(server, EMAIL)).toEqual([]);
    await ada.signIn(EMAIL, PASSWORD);
    await ada.sees('My account');
    expect(ada.complaints).toEqual([]);
    await ada.leave();
  });

  it('tells that the account may be there when the answer was lost, and lets its owner in', async () => {
    const email = 'grace@example.com';
    const route = '**/api/v1.1/auth/register/';
    const ada = await PageVisitor.come(browser);
    await ada.page.route(route, async (sent) => {
      await server.api.post('/api/v1.1/auth/register/', sent.request().postDataJSON());
      await sent.abort();
    });
    await ada.open('#/register');
    await ada.type('E-mail address', email);
    await ada.type('New password', PASSWORD);
    await ada.type('New password, once more', PASSWORD);
    await ada.press('Create account');
    await ada.reads('The server cannot be reached.');
    await ada.page.unroute(route);
    await ada.press('Try again');
    await ada.reads('if your account was made then, your password already works');
    await ada.signIn(email, PASSWORD);
    await ada.sees('My account');
    await ada.leave();
  });
});
