import type { Browser, BrowserContext, Page } from 'playwright-core';
import { startChromium } from '../support/chromium.js';
import { FakeTwitter } from '../support/fake-twitter.js';
import { PUBLIC_URL, startTestGatehouse, type TestGatehouse } from '../support/gatehouse.js';
import { describeOnce } from '../support/test-database.js';

const APP = 'http://app.gatehouse.test';
const STRANGER = 'http://evil.test';
const CREDENTIALS = {
  error: null,
  credentials: {
    external_system: 'twitter',
    external_token: expect.stringMatching(/^[^:]+:[^:]+$/) as unknown,
    metadata: { screen_name: 'foo' },
  },
};

/** A page of an application: what it was called with, and what it was told by message, it keeps. */
const APPLICATION = `<!doctype html><title>app</title><form id="pay" action="/pay"></form><script>
  var heard = []; var called = []; var pressed = 0;
  var app = { signedIn: function (result) { called.push({ own: this === app, result: result }); } };
  var bound = app.signedIn.bind(app);
  document.getElementById('pay').addEventListener('submit', function (event) { event.preventDefault(); pressed += 1; });
  addEventListener('message', function (event) { heard.push({ origin: event.origin, data: event.data }); });
</script>`;

describeOnce('the page behind a sign-in elsewhere, in a browser', () => {
  let server: TestGatehouse;
  let twitter: FakeTwitter;
  let browser: Browser;
  let context: BrowserContext;

  beforeAll(async () => {
    twitter = await FakeTwitter.start(() => server.clock.now());
    server = await startTestGatehouse({ ...twitter.environment, LINK_ORIGINS: APP });
    browser = await startChromium({ 'id.gatehouse.test': new URL(server.api.address).host });
  });
  afterAll(async () => {
    await browser.close();
    await server.stop();
    await twitter.stop();
  });
  beforeEach(async () => {
    twitter.visitor = { id: '77', screenName: 'foo' };
    context = await browser.newContext();
    for (const origin of [PUBLIC_URL, APP, STRANGER]) {
      await context.route(`${origin}/app`, (route) =>
        route.fulfill({ contentType: 'text/html', body: APPLICATION }),
      );
    }
  });
  afterEach(() => context.close());

  /** Opens the window from a page of `origin`, waits until it is closed, and answers what that page knows then. */
  const signInFrom = async (origin: string, callback: string) => {
    const page = await context.newPage();
    const complaints: string[] = [];
    context.on('console', (message) => {
      if (/Content Security Policy/.test(message.text())) complaints.push(message.text());
    });
    await page.goto(`${origin}/app`);
    const opened = context.waitForEvent('page');
    const address = `${PUBLIC_URL}/auth/twitter_redirect?callback=${callback}`;
    await page.evaluate(`void window.open(${JSON.stringify(address)})`);
    const popup = await opened;
    if (!popup.isClosed()) await popup.waitForEvent('close');
    return { ...(await knowledgeOf(page)), complaints };
  };

  it('calls the function of the page that opened it, on its own object, and closes', async () => {
    expect(await signInFrom(PUBLIC_URL, 'app.signedIn')).toEqual({
      called: [{ own: true, result: CREDENTIALS }],
      heard: [],
      pressed: 0,
      complaints: [],
    });
  });

  it('calls a bound function too', async () => {
    expect((await signInFrom(PUBLIC_URL, 'bound')).called).toEqual([{ own: true, result: CREDENTIALS }]);
  });

  it('tells of a refusal in the same way', async () => {
    twitter.visitor = null;
    const { called } = await signInFrom(PUBLIC_URL, 'app.signedIn');
    expect(called).toEqual([{ own: true, result: { error: 'Access not granted' } }]);
  });

  it('sends a message to an application of another of our origins', async () => {
    const { called, heard } = await signInFrom(APP, 'app.signedIn');
    expect(called).toEqual([]);
    expect(heard).toEqual([{ origin: PUBLIC_URL, data: { callback: 'app.signedIn', result: CREDENTIALS } }]);
  });

  it('tells a stranger’s page nothing', async () => {
    expect(await signInFrom(STRANGER, 'app.signedIn')).toMatchObject({ called: [], heard: [] });
  });

  it.each([
    'document.forms.pay.requestSubmit',
    'document.forms.0.submit',
    'app.missing',
    'app.signedIn.call.x',
  ])('presses nothing on the page: %s', async (name) => {
    expect(await signInFrom(PUBLIC_URL, name)).toMatchObject({ called: [], pressed: 0 });
  });
});

function knowledgeOf(page: Page): Promise<Record<'called' | 'heard' | 'pressed', unknown>> {
  return page.evaluate('({ called, heard, pressed })');
}
