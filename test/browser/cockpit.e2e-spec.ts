import type { Browser } from 'playwright-core';
import { startChromium } from '../support/chromium.js';
import { makePerson, PASSWORD } from '../support/declared-people.js';
import { PUBLIC_URL, startTestGatehouse, type TestGatehouse } from '../support/gatehouse.js';
import { PageVisitor } from '../support/page-visitor.js';

describe('the cockpit, in a browser', () => {
  let server: TestGatehouse;
  let browser: Browser;
  let ada: PageVisitor;
  const foreign: string[] = [];

  beforeAll(async () => {
    server = await startTestGatehouse();
    browser = await startChromium({ 'id.gatehouse.test': new URL(server.api.address).host });
    await makePerson(server, { email: 'root@example.com', type: 'admin', level: 'superuser' });
    await makePerson(server, { email: 'manager@example.com', type: 'admin', level: 'manager' });
    await makePerson(server, { email: 'carol@example.com', firstName: 'Carol' });
  });
  afterAll(async () => {
    await browser.close();
    await server.stop();
  });
  beforeEach(async () => {
    ada = await PageVisitor.come(browser, { viewport: { width: 1280, height: 900 } });
    ada.page.on('request', (request) => {
      if (new URL(request.url()).origin !== PUBLIC_URL) foreign.push(request.url());
    });
  });
  afterEach(async () => {
    const { complaints } = ada;
    await ada.leave();
    expect(complaints).toEqual([]);
    expect(foreign).toEqual([]);
  });

  it('lists the users to who may see them', async () => {
    await ada.signIn('root@example.com', PASSWORD);
    await ada.sees('My account');
    await ada.open('/cockpit#/users');
    await ada.reads('carol@example.com');
    expect(await ada.barriers('cockpit-users')).toEqual([]);
    await ada.page.getByText('carol@example.com').click();
    await ada.reads('Send password link');
    expect(await ada.barriers('cockpit-user')).toEqual([]);
  });

  it.each([
    'roles',
    'api-keys',
    'clients',
    'outbox',
    'audit',
    'password-policy',
    'api-keys/create',
    'clients/create',
    'users/create',
    'roles/create',
  ])('has no barrier at %s', async (page) => {
    await ada.signIn('root@example.com', PASSWORD);
    await ada.sees('My account');
    await ada.open(`/cockpit#/${page}`);
    await ada.page.waitForLoadState('networkidle');
    expect(await ada.barriers(`cockpit-${page.replace('/', '-')}`)).toEqual([]);
  });
});
