import { gzipSync } from 'node:zlib';
import type { Browser } from 'playwright-core';
import { makeGuarded } from '../support/authenticator.js';
import { BrowserAuthenticator } from '../support/browser-authenticator.js';
import { startChromium } from '../support/chromium.js';
import { makePerson, PASSWORD } from '../support/declared-people.js';
import { PUBLIC_URL, startTestGatehouse, type TestGatehouse } from '../support/gatehouse.js';
import { PageVisitor } from '../support/page-visitor.js';
import { expectNoBarrier } from '../support/page-looks.js';
import { makeKeyHolder } from '../support/passkeys.js';
import { describeOnce } from '../support/test-database.js';

const MOST_SCRIPT_BYTES = 60_000;

describeOnce('the hosted pages, for everybody', () => {
  let server: TestGatehouse;
  let browser: Browser;

  beforeAll(async () => {
    server = await startTestGatehouse({ AUTH_CONFIRM_EMAIL_ENABLE: 'true' });
    browser = await startChromium({ 'id.gatehouse.test': new URL(server.api.address).host });
    await makePerson(server, { email: 'ada@example.com' });
    await makeGuarded(server, { email: 'grace@example.com' });
    await makeKeyHolder(server, { email: 'joan@example.com' });
    const passwords = { password1: PASSWORD, password2: PASSWORD };
    await server.api.post('/api/v1.1/auth/register/', { email: 'new@example.com', ...passwords });
  });
  afterAll(async () => {
    await browser.close();
    await server.stop();
  });

  /** As a server says it where one registers so, and may sign in at these providers. */
  const whereOneRegisters = (visitor: PageVisitor, registration: string, providers = '') =>
    visitor.page.route(`${PUBLIC_URL}/`, async (route) => {
      const html = (await server.api.get('/')).body as string;
      const body = html.replace(
        'data-registration="by-mail"',
        `data-registration="${registration}" data-providers="${providers}"`,
      );
      await route.fulfill({ contentType: 'text/html', body });
    });
  const openConfirmation = async (visitor: PageVisitor) => {
    const mail = await server.mailbox.waitFor('new@example.com', 1, /confirm-user-email/);
    await visitor.open(mail.links.find((link) => link.includes('confirm-user-email'))!);
  };

  /** Each page, as it is reached. */
  const PAGES: Record<string, (visitor: PageVisitor) => Promise<void>> = {
    'sign-in': async (visitor) => {
      await visitor.open('#/sign-in');
      await visitor.sees('Sign in');
    },
    'sign-in-elsewhere': async (visitor) => {
      await whereOneRegisters(visitor, 'by-mail', 'twitter acme');
      await visitor.page.addInitScript('window.open = () => null');
      await visitor.open('#/sign-in');
      await visitor.press('Sign in with Twitter');
      await visitor.reads('Your browser did not open the window.');
      await visitor.page.getByRole('button', { name: 'Sign in with Acme' }).waitFor();
    },
    'sign-in-refused': async (visitor) => {
      await visitor.signIn('ada@example.com', 'wrong');
      await visitor.reads('There is no such account');
    },
    'sign-in-unconfirmed': async (visitor) => {
      await visitor.signIn('new@example.com', PASSWORD);
      await visitor.reads('Your e-mail address is not confirmed yet.');
    },
    'sign-in-offline': async (visitor) => {
      await visitor.page.route('**/v1/sessions', (route) => route.abort());
      await visitor.signIn('ada@example.com', PASSWORD);
      await visitor.reads('The server cannot be reached.');
    },
    'passkey-cancelled': async (visitor) => {
      await (await BrowserAuthenticator.plugInto(visitor)).verifies(false);
      await visitor.open('#/sign-in');
      await visitor.press('Sign in with a passkey');
      await visitor.reads('No passkey was used');
    },
    'second-step-passkey': async (visitor) => {
      await visitor.signIn('joan@example.com', PASSWORD);
      await visitor.reads('Use one of your passkeys');
    },
    'second-step': async (visitor) => {
      await visitor.signIn('grace@example.com', PASSWORD);
      await visitor.sees('One more step');
    },
    register: async (visitor) => {
      await visitor.open('#/register');
      await visitor.sees('Create an account');
    },
    'register-by-password': async (visitor) => {
      await whereOneRegisters(visitor, 'by-password');
      await visitor.open('#/register');
      await visitor.reads('characters: at least 8');
    },
    'register-closed': async (visitor) => {
      await whereOneRegisters(visitor, 'closed');
      await visitor.open('#/register');
      await visitor.reads('Nobody can create an account here by himself.');
    },
    'ask-sign-in-link': async (visitor) => {
      await visitor.open('#/sign-in-link');
      await visitor.sees('Sign in by a mailed link');
    },
    'link-asked': async (visitor) => {
      await visitor.open('#/sign-in-link');
      await visitor.type('E-mail address', 'nobody@example.com');
      await visitor.press('Send link');
      await visitor.sees('Look into your mailbox');
    },
    'forgot-password': async (visitor) => {
      await visitor.open('#/forgot-password');
      await visitor.sees('Forgot your password?');
    },
    'reset-password': async (visitor) => {
      await visitor.open('#/reset-password/token/ada%40example.com/');
      await visitor.reads('characters: at least 8');
    },
    'sign-in-link': async (visitor) => {
      await visitor.open('#/sign-in/token');
      await visitor.reads('This link signs you in');
    },
    'sign-in-link-dead': async (visitor) => {
      await visitor.open('#/sign-in/token');
      await visitor.press('Sign in now');
      await visitor.sees('This link is not valid any more');
    },
    'link-unknown': async (visitor) => {
      await visitor.open('/c/confirm-user-email/00000000-0000-4000-8000-000000000000');
      await visitor.sees('This link is not valid');
    },
    'confirm-email': async (visitor) => {
      await openConfirmation(visitor);
      await visitor.sees('Confirm your e-mail address');
    },
    'email-confirmed': async (visitor) => {
      await openConfirmation(visitor);
      await visitor.press('Confirm my address');
      await visitor.sees('Your e-mail address is confirmed');
    },
    'confirmation-used': async (visitor) => {
      await openConfirmation(visitor);
      await visitor.sees('This link was used before');
    },
    'broken-link': async (visitor) => {
      await visitor.open('#/reset-password/');
      await visitor.sees('This link is not complete');
    },
    me: async (visitor) => {
      await visitor.signIn('ada@example.com', PASSWORD);
      await visitor.sees('My account');
      await visitor.reads('You are signed in as');
    },
  };

  it.each(Object.keys(PAGES))('%s has no barrier in any look, and nothing beyond the edge', async (name) => {
    const visitor = await PageVisitor.come(browser);
    await PAGES[name]!(visitor);
    await expectNoBarrier(visitor, name);
    expect(visitor.complaints).toEqual([]);
    await visitor.leave();
  });

  it('load little: one script, of at most 60 kB compressed, and passkeys when they are asked for', async () => {
    const html = (await server.api.get('/')).body as string;
    expect([...html.matchAll(/<script/g)]).toHaveLength(1);
    const [, address = ''] = /<script src="([^"]+)" data-registration="by-mail">/.exec(html) ?? [];
    expect(address).toMatch(/^\/assets\/app\.js\?[\w-]{12}$/);
    const script = (await server.api.get(address)).body as string;
    expect(gzipSync(script).length).toBeLessThan(MOST_SCRIPT_BYTES);
    expect(script).toContain('/v1/sessions');
    const [passkeys = ''] = /\/assets\/passkeys\.js\?[\w-]{12}/.exec(script) ?? [];
    const later = (await server.api.get(passkeys)).body as string;
    // What only WebAuthn needs is not in the first script.
    expect(later).toContain('attestationObject');
    expect(script).not.toContain('attestationObject');
  });
});
