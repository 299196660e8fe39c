import { gzipSync } from 'node:zlib';
import type { Browser } from 'playwright-core';
import { makeGuarded } from '../support/authenticator.js';
import { startChromium } from '../support/chromium.js';
import { makePerson, PASSWORD } from '../support/declared-people.js';
import { startTestGatehouse, type TestGatehouse } from '../support/gatehouse.js';
import { PageVisitor } from '../support/page-visitor.js';
import { expectNoBarrier, WINDOWS } from '../support/page-windows.js';
import { describeOnce } from '../support/test-database.js';

const MOST_SCRIPT_BYTES = 60_000;

describeOnce('the hosted pages, for everybody', () => {
  let server: TestGatehouse;
  let browser: Browser;

  beforeAll(async () => {
    server = await startTestGatehouse();
    browser = await startChromium({ 'id.gatehouse.test': new URL(server.api.address).host });
    await makePerson(server, { email: 'ada@example.com' });
    await makeGuarded(server, { email: 'grace@example.com' });
  });
  afterAll(async () => {
    await browser.close();
    await server.stop();
  });

  /** Each page, as it is reached. */
  const PAGES: Record<string, (visitor: PageVisitor) => Promise<void>> = {
    'sign-in': async (visitor) => {
      await visitor.open('#/sign-in');
      await visitor.sees('Sign in');
    },
    'sign-in-refused': async (visitor) => {
      await visitor.signIn('ada@example.com', 'wrong');
      await visitor.reads('There is no such account');
    },
    'second-step': async (visitor) => {
      await visitor.signIn('grace@example.com', PASSWORD);
      await visitor.sees('One more step');
    },
    register: async (visitor) => {
      await visitor.open('#/register');
      await visitor.sees('Create an account');
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

  describe.each(WINDOWS)('%s', (window, look) => {
    it.each(Object.keys(PAGES))('%s has no barrier, and nothing beyond the edge', async (name) => {
      const visitor = await PageVisitor.come(browser, look);
      await PAGES[name]!(visitor);
      await expectNoBarrier(visitor, `${name}-${window}`);
      await visitor.leave();
    });
  });

  it('load little: one script, of at most 60 kB compressed', async () => {
    const html = (await server.api.get('/')).body as string;
    expect([...html.matchAll(/<script/g)]).toHaveLength(1);
    const [, address = ''] = /<script src="([^"]+)" data-registration="by-mail">/.exec(html) ?? [];
    expect(address).toMatch(/^\/assets\/app\.js\?[\w-]{12}$/);
    const script = (await server.api.get(address)).body as string;
    expect(gzipSync(script).length).toBeLessThan(MOST_SCRIPT_BYTES);
    expect(script).toContain('/v1/sessions');
  });
});
