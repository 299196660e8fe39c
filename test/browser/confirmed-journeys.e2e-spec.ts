import type { Browser } from 'playwright-core';
import { startChromium } from '../support/chromium.js';
import { PASSWORD } from '../support/declared-people.js';
import { startTestGatehouse, type TestGatehouse } from '../support/gatehouse.js';
import { PageVisitor } from '../support/page-visitor.js';
import { TestSmtp } from '../support/smtp.js';
import { describeOnce } from '../support/test-database.js';

const NEW = 'a whole new horse 7';
const CONFIRMATION = /\/c\/confirm-user-email\//;

describeOnce('journeys where an address is to be confirmed first, in a browser', () => {
  const smtp = new TestSmtp();
  let server: TestGatehouse;
  let browser: Browser;
  let count = 0;

  beforeAll(async () => {
    server = await startTestGatehouse({
      SMTP_URL: await smtp.listen(),
      AUTH_CONFIRM_EMAIL_ENABLE: 'true',
      ALLOW_SEND_EMAIL_ON_REGISTER: 'false',
    });
    browser = await startChromium({ 'id.gatehouse.test': new URL(server.api.address).host });
  });
  afterAll(async () => {
    await browser.close();
    await server.stop();
    await smtp.close();
  });

  /** Somebody who has just registered, and whom the sign-in has refused for his address. */
  const unconfirmed = async () => {
    const email = `newcomer-${++count}@example.com`;
    const ada = await PageVisitor.come(browser);
    await ada.open('#/register');
    await ada.type('E-mail address', email);
    await ada.type('New password', PASSWORD);
    await ada.type('New password, once more', PASSWORD);
    await ada.press('Create account');
    await ada.sees('Look into your mailbox');
    await ada.signIn(email, PASSWORD);
    await ada.reads('Your e-mail address is not confirmed yet.');
    return { ada, email };
  };
  const enter = async (ada: PageVisitor, email: string, password: string) => {
    await ada.sees('Sign in');
    await ada.type('E-mail address or user name', email);
    await ada.type('Password', password);
    await ada.press('Sign in');
    await ada.sees('My account');
    await ada.reads(email);
    expect(ada.complaints).toEqual([]);
    await ada.leave();
  };

  it('register, confirm by the mailed link, go on to the sign-in', async () => {
    const { ada, email } = await unconfirmed();
    const link = await smtp.linkTo(email, CONFIRMATION);
    await ada.open(link);
    await ada.sees('Confirm your e-mail address');
    await ada.press('Confirm my address');
    await ada.sees('Your e-mail address is confirmed');
    await ada.open(link);
    await ada.sees('This link was used before');
    await ada.follow('Go on to sign-in');
    await enter(ada, email, PASSWORD);
  });

  it('confirm the address by a link for a new password, when the first mail is lost', async () => {
    const { ada, email } = await unconfirmed();
    await ada.follow('Send me a link to choose a new password');
    await ada.type('E-mail address', email);
    await ada.press('Send link');
    await ada.open(await smtp.linkTo(email, /#\/reset-password\//));
    await ada.type('New password', NEW);
    await ada.type('New password, once more', NEW);
    await ada.press('Save password');
    await ada.follow('Back to sign-in');
    await enter(ada, email, NEW);
  });

  it.each([
    [
      'fr',
      'Confirmez votre adresse e-mail',
      'Confirmer mon adresse',
      'Continuer vers la connexion',
      'Connexion',
    ],
    ['pl', 'Potwierdź swój adres e-mail', 'Potwierdź adres', 'Przejdź do logowania', 'Logowanie'],
  ])('speak the language of the browser: %s', async (locale, title, button, onward, signIn) => {
    const { ada, email } = await unconfirmed();
    await ada.leave();
    const visitor = await PageVisitor.come(browser, { locale });
    await visitor.open(await smtp.linkTo(email, CONFIRMATION));
    await visitor.sees(title);
    await visitor.press(button);
    await visitor.follow(onward);
    await visitor.sees(signIn);
    await visitor.leave();
  });
});
