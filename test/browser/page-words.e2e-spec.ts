import type { Browser } from 'playwright-core';
import { makeGuarded } from '../support/authenticator.js';
import { startChromium } from '../support/chromium.js';
import { makePerson, PASSWORD } from '../support/declared-people.js';
import { FakeTwitter } from '../support/fake-twitter.js';
import { startTestGatehouse, type TestGatehouse } from '../support/gatehouse.js';
import { PageVisitor } from '../support/page-visitor.js';
import { makeKeyHolder } from '../support/passkeys.js';
import { describeOnce } from '../support/test-database.js';

const FAULT = '.notice[data-kind=fault]:not(:empty)';
/** What reads alike in every language. */
const NO_WORDS = /^(\S+@example\.com|Chrome, Linux|English|Français|Polski|Notifications|ada)$/;

/** Leads to each page without a word of any language. */
const PAGES: Record<string, (visitor: PageVisitor) => Promise<unknown>> = {
  'sign-in': (visitor) => visitor.open('#/sign-in'),
  'sign-in, refused': async (visitor) => {
    await signIn(visitor, 'ada@example.com', 'wrong');
    await visitor.page.locator(FAULT).waitFor();
  },
  'sign-in elsewhere, new here': async (visitor) => {
    await signInAtTwitter(visitor);
    await visitor.page.locator('#identifier').waitFor({ state: 'detached' });
  },
  'sign-in elsewhere, refused': async (visitor) => {
    await visitor.page.addInitScript('window.open = () => null');
    await signInAtTwitter(visitor);
    await visitor.page.locator(FAULT).waitFor();
  },
  'second step by app': async (visitor) => {
    await signIn(visitor, 'grace@example.com', PASSWORD);
    await visitor.page.locator('#otp').fill('no code at all!');
    await visitor.page.keyboard.press('Enter');
    await visitor.page.locator(FAULT).waitFor();
  },
  'second step by passkey': async (visitor) => {
    await signIn(visitor, 'joan@example.com', PASSWORD);
    await visitor.page.locator('#identifier').waitFor({ state: 'detached' });
  },
  'sign-in-link': (visitor) => visitor.open('#/sign-in-link'),
  'sign-in-link, asked': async (visitor) => {
    await visitor.open('#/sign-in-link');
    await visitor.page.locator('#email').fill('ada@example.com');
    await visitor.page.keyboard.press('Enter');
    await visitor.page.locator('#email').waitFor({ state: 'detached' });
  },
  'mailed sign-in': (visitor) => visitor.open('#/sign-in/token'),
  'mailed sign-in, dead': async (visitor) => {
    await visitor.open('#/sign-in/token');
    await visitor.page.locator('button').click();
    await visitor.page.locator('button').waitFor({ state: 'detached' });
  },
  register: (visitor) => visitor.open('#/register'),
  'register, offline': async (visitor) => {
    await visitor.page.route('**/auth/register/', (route) => route.abort());
    await visitor.open('#/register');
    await visitor.page.locator('#email').fill('ada@example.com');
    await visitor.page.keyboard.press('Enter');
    await visitor.page.locator(FAULT).waitFor();
  },
  'forgot-password': (visitor) => visitor.open('#/forgot-password'),
  'set-password': async (visitor) => {
    await visitor.open('#/set-password/token/ada%40example.com/');
    await visitor.page.locator('.rules li').first().waitFor();
  },
  'reset-password, refused': async (visitor) => {
    await visitor.open('#/reset-password/token/ada%40example.com/');
    await visitor.page.locator('#password1').fill(PASSWORD);
    await visitor.page.locator('#password2').fill(PASSWORD);
    await visitor.page.keyboard.press('Enter');
    await visitor.page.locator(FAULT).waitFor();
  },
  'broken link': (visitor) => visitor.open('#/reset-password/'),
  me: async (visitor) => {
    await signIn(visitor, 'ada@example.com', PASSWORD);
    await visitor.page.locator('.entries li').first().waitFor();
  },
  ...Object.fromEntries(
    Object.entries({
      profile: '#displayName',
      email: '#newEmail',
      password: '.rules li',
      'second-factors': 'section + section',
      passkeys: '#passkeyName',
      sessions: '.entries li',
      identities: 'h1 + p + p + p, h1 + p + p',
      notifications: '#notifications, [name=notifications]',
      data: '#accountName',
    }).map(([section, part]) => [
      `me, ${section}`,
      async (visitor: PageVisitor) => {
        await signIn(visitor, 'ada@example.com', PASSWORD);
        await visitor.page.locator('.entries li').first().waitFor();
        await visitor.open(`#/me/${section}`);
        await visitor.page.locator(part).first().waitFor();
      },
    ]),
  ),
  'link-unknown': (visitor) => visitor.open('/c/confirm-user-email/00000000-0000-4000-8000-000000000000'),
};

describeOnce('the words of the hosted pages', () => {
  let server: TestGatehouse;
  let browser: Browser;
  let twitter: FakeTwitter;

  beforeAll(async () => {
    twitter = await FakeTwitter.start(() => server.clock.now());
    twitter.visitor = { id: '77', screenName: 'foo' };
    server = await startTestGatehouse(twitter.environment);
    browser = await startChromium({ 'id.gatehouse.test': new URL(server.api.address).host });
    await makePerson(server, { email: 'ada@example.com' });
    await makeGuarded(server, { email: 'grace@example.com' });
    await makeKeyHolder(server, { email: 'joan@example.com' });
  });
  afterAll(async () => {
    await browser.close();
    await server.stop();
    await twitter.stop();
  });

  const linesIn = async (locale: string, name: string) => {
    const visitor = await PageVisitor.come(browser, { locale });
    await PAGES[name]!(visitor);
    expect(await visitor.page.evaluate('document.documentElement.lang')).toBe(locale);
    const text = await visitor.page.evaluate<string>('`${document.title}\\n${document.body.innerText}`');
    await visitor.leave();
    const lines = text.split('\n').map((line) => line.trim());
    return lines.filter((line) => line !== '' && !NO_WORDS.test(line));
  };

  it.each(Object.keys(PAGES))('are none of English in French and Polish: %s', async (name) => {
    const english = await linesIn('en', name);
    for (const locale of ['fr', 'pl']) {
      const lines = await linesIn(locale, name);
      expect(lines.length).toBeGreaterThan(2);
      expect(lines.filter((line) => english.includes(line))).toEqual([]);
    }
  });
});

/** Its button is the last one. */
async function signInAtTwitter(visitor: PageVisitor): Promise<void> {
  await visitor.open('#/sign-in');
  await visitor.page.locator('button.secondary').last().click();
}

async function signIn(visitor: PageVisitor, identifier: string, password: string): Promise<void> {
  await visitor.open('#/sign-in');
  await visitor.page.locator('#identifier').fill(identifier);
  await visitor.page.locator('#password').fill(password);
  await visitor.page.keyboard.press('Enter');
}
