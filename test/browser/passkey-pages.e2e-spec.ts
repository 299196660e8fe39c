import type { Browser } from 'playwright-core';
import { BrowserAuthenticator } from '../support/browser-authenticator.js';
import { startChromium } from '../support/chromium.js';
import { block, makePerson, PASSWORD, type Person } from '../support/declared-people.js';
import { startTestGatehouse, type TestGatehouse } from '../support/gatehouse.js';
import { PageVisitor } from '../support/page-visitor.js';
import { describeOnce } from '../support/test-database.js';

const FILE = /\/assets\/passkeys\.js/;
const OPTIONS = /\/v1\/sessions\/passkey\/options$/;
const BUTTON = 'Sign in with a passkey';

describeOnce('signing in by passkey, in a browser', () => {
  let server: TestGatehouse;
  let browser: Browser;
  let ada: PageVisitor;
  let person: Person;
  let requested: string[];
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
    requested = [];
    ada.page.on('request', (request) => requested.push(request.url()));
    person = await makePerson(server, { email: `holder-${++count}@example.com` });
  });
  afterEach(async () => {
    const { complaints } = ada;
    await ada.leave();
    expect(complaints).toEqual([]);
  });

  const requests = (what: RegExp) => requested.filter((address) => what.test(address)).length;

  /** Signs in by password, adds a passkey and signs out. */
  const makeKey = async (transport: 'usb' | 'internal' = 'usb') => {
    const key = await BrowserAuthenticator.plugInto(ada, transport);
    await key.verifies(false);
    await ada.signIn(person.email, PASSWORD);
    await ada.sees('My account');
    await key.verifies(true);
    const passkeyId = await key.addPasskey();
    const cookie = await sessionCookie();
    return { key, passkeyId, cookie };
  };
  const signOut = async () => {
    await ada.press('Sign out');
    await ada.sees('Sign in');
  };
  const sessionCookie = async () =>
    (await ada.context.cookies()).find(({ name }) => name === 'session') ?? null;

  it('needs no name and no password, and loads its code when it is asked for', async () => {
    await makeKey();
    await signOut();
    expect(requests(FILE)).toBe(0);
    await ada.press(BUTTON);
    await ada.sees('My account');
    await ada.reads(person.email);
    expect(requests(FILE)).toBe(1);
    expect((await sessionCookie())?.expires).toBe(-1);
  });

  it('is remembered where that is asked for', async () => {
    await makeKey();
    await signOut();
    await ada.page.getByLabel('Stay signed in in this browser').check();
    await ada.press(BUTTON);
    await ada.sees('My account');
    expect((await sessionCookie())?.expires).toBeGreaterThan(0);
  });

  it('is the second step after a password, with a recovery code in its place', async () => {
    await makeKey();
    await signOut();
    await ada.signIn(person.email, PASSWORD);
    await ada.sees('One more step');
    await ada.press('Use a recovery code');
    await ada.reads('One of your recovery codes');
    await ada.press('Use a passkey');
    await ada.reads('Use one of your passkeys: your browser asks for it.');
    await ada.page.getByRole('button', { name: 'Use a passkey', exact: true }).click();
    await ada.sees('My account');
    await ada.reads(person.email);
  });

  it('can be cancelled and tried again', async () => {
    const { key } = await makeKey();
    await signOut();
    await key.verifies(false);
    await ada.press(BUTTON);
    await ada.reads('No passkey was used: it was cancelled, or it took too long.');
    await key.verifies(true);
    await ada.press(BUTTON);
    await ada.sees('My account');
  });

  it('tells that a passkey is unknown, and that of a blocked user in the same words', async () => {
    const { passkeyId, cookie } = await makeKey();
    const headers = { cookie: `session=${cookie?.value}` };
    const removed = await server.api.send('DELETE', `/v1/me/passkeys/${passkeyId}`, undefined, headers);
    expect(removed.status).toBe(204);
    await signOut();
    await ada.press(BUTTON);
    await ada.reads('This passkey does not sign in here.');

    await ada.context.clearCookies();
    person = await makePerson(server, { email: `holder-${++count}@example.com` });
    const other = await PageVisitor.come(browser);
    const key = await BrowserAuthenticator.plugInto(other);
    await other.signIn(person.email, PASSWORD);
    await other.sees('My account');
    await key.addPasskey();
    await block(server, person);
    await other.open('#/sign-in');
    await other.press(BUTTON);
    await other.reads('This passkey does not sign in here.');
    await other.leave();
  });

  it('can be tried again when its code could not be loaded', async () => {
    await makeKey();
    await signOut();
    await ada.page.route(FILE, (route) => route.abort());
    await ada.press(BUTTON);
    await ada.reads('The server cannot be reached.');
    await ada.press('Try again');
    await ada.reads('The server cannot be reached.');
    await ada.page.unroute(FILE);
    await ada.press('Try again');
    await ada.sees('My account');
  });

  it('is offered in the list of the field once somebody moves, and not for a visit alone', async () => {
    await makeKey('internal');
    await signOut();
    await ada.open('#/sign-in');
    await ada.sees('Sign in');
    requested.length = 0;
    const asked = ada.page.waitForRequest(OPTIONS);
    await ada.page.reload();
    await ada.sees('Sign in');
    expect(requests(OPTIONS)).toBe(0);
    await ada.page.keyboard.press('Tab');
    await asked;
    await ada.sees('My account');
    await ada.reads(person.email);
    expect(requests(OPTIONS)).toBe(1);
  });

  it('costs who signs in by a password nothing', async () => {
    await ada.signIn(person.email, PASSWORD);
    await ada.sees('My account');
    expect(requests(FILE)).toBe(0);
    expect(requests(OPTIONS)).toBe(0);
  });
});
