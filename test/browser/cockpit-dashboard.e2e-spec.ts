import type { Browser } from 'playwright-core';
import { HOUR, MINUTE } from '../../src/common/clock.js';
import { Figures } from '../../src/figures/figures.service.js';
import { startChromium } from '../support/chromium.js';
import { makePerson, PASSWORD } from '../support/declared-people.js';
import { PUBLIC_URL, startTestGatehouse, type TestGatehouse } from '../support/gatehouse.js';
import { PageVisitor, type Window } from '../support/page-visitor.js';

const DESKTOP = { width: 1280, height: 900 };
const PLOTS = /\/cockpit\/assets\/plots-/;

describe('the dashboard of the cockpit and its mailbox, in a browser', () => {
  let server: TestGatehouse;
  let browser: Browser;
  let ada: PageVisitor;
  let asked: string[];

  beforeAll(async () => {
    server = await startTestGatehouse();
    browser = await startChromium({ 'id.gatehouse.test': new URL(server.api.address).host });
    await makePerson(server, { email: 'root@example.com', type: 'admin', level: 'superuser' });
    await makePerson(server, { email: 'manager@example.com', type: 'admin', level: 'manager' });
    await makePerson(server, { email: 'member@example.com', type: 'admin' });
    const figures = server.get(Figures);
    const now = server.clock.now();
    for (let ago = 0; ago < 100; ago += 1) {
      for (let n = 0; n <= ago % 7; n += 1) figures.note('signIns', now - ago * HOUR);
      figures.note('failedSignIns', now - ago * HOUR);
    }
    await figures.flush();
    await server.api.post('/api/v1.1/auth/register/', { email: 'carol@example.com' });
    await server.mailbox.waitFor('carol@example.com');
    // Nothing that the browser's own clock leaves out.
    server.clock.advance(MINUTE);
  });
  afterAll(async () => {
    await browser.close();
    await server.stop();
  });
  afterEach(async () => {
    const { complaints } = ada;
    await ada.leave();
    expect(complaints).toEqual([]);
    expect(asked.filter((url) => new URL(url).origin !== PUBLIC_URL)).toEqual([]);
  });

  async function come(email: string, window: Window = { viewport: DESKTOP }): Promise<void> {
    ada = await PageVisitor.come(browser, window);
    asked = [];
    ada.page.on('request', (request) => asked.push(request.url()));
    await ada.signIn(email, PASSWORD);
    await ada.sees('My account');
  }

  const plot = (name: string) => ada.page.getByRole('img', { name: new RegExp(`^${name}: `) });

  it.each(['light', 'dark'] as const)(
    'draws what happened, in %s, without a barrier',
    async (colorScheme) => {
      await come('manager@example.com', { viewport: DESKTOP, colorScheme });
      await ada.open('/cockpit');
      for (const name of ['Sign-ins', 'Sessions in use', 'Registrations', 'Mail delivery']) {
        // Attached: a line that is level has no height, which counts as hidden.
        await plot(name).locator('svg path.recharts-line-curve').first().waitFor({ state: 'attached' });
      }
      await ada.reads('Refused sign-ins: 24');
      await ada.reads('Mails that wait: 0.');
      expect(await ada.barriers(`cockpit-dashboard-${colorScheme}`)).toEqual([]);
    },
  );

  it('shows a longer period when it is chosen, and each plot as a table', async () => {
    await come('manager@example.com');
    await ada.open('/cockpit');
    await ada.press('Mail delivery: Show as a table');
    expect(await ada.barriers('cockpit-dashboard-table')).toEqual([]);
    const week = ada.page.getByRole('button', { name: '7 days' });
    await week.focus();
    await ada.page.keyboard.press('Enter');
    await ada.reads('Refused sign-ins: 100');
    expect(await week.getAttribute('aria-pressed')).toBe('true');
    await ada.press('Sign-ins: Show as a table');
    const table = ada.page.getByRole('region', { name: 'Sign-ins' }).getByRole('table');
    expect(await table.getByRole('columnheader').allTextContents()).toEqual([
      'Hour from',
      'Sign-ins',
      'Refused sign-ins',
    ]);
    expect(await table.getByRole('row').count()).toBe(7 * 24 + 1);
    const second = table.getByRole('row').nth(2).getByRole('cell');
    // Of an hour ago: two sign-ins, one of which was refused.
    expect(await second.allTextContents()).toEqual(['2', '1']);
  });

  it('stands on a phone with nothing beyond the edge', async () => {
    await come('manager@example.com', { viewport: { width: 360, height: 740 } });
    await ada.open('/cockpit');
    await plot('Sign-ins').waitFor();
    await ada.page.waitForLoadState('networkidle');
    const overflow = 'document.documentElement.scrollWidth - document.documentElement.clientWidth';
    expect(await ada.page.evaluate<number>(overflow)).toBe(0);
    expect(await ada.barriers('cockpit-dashboard-phone')).toEqual([]);
  });

  it('loads what draws with the dashboard only', async () => {
    await come('manager@example.com');
    await ada.open('/cockpit#/users');
    await ada.reads('root@example.com');
    await ada.page.waitForLoadState('networkidle');
    expect(asked.filter((url) => PLOTS.test(url))).toEqual([]);
    await ada.page.getByRole('menuitem', { name: 'Dashboard' }).click();
    await plot('Sign-ins').waitFor();
    expect(asked.filter((url) => PLOTS.test(url))).toHaveLength(1);
  });

  it('draws nothing for who may not read figures', async () => {
    await come('member@example.com');
    await ada.open('/cockpit');
    await ada.reads('You are signed in, and may not look at anything here.');
    await ada.page.waitForLoadState('networkidle');
    expect(asked.filter((url) => PLOTS.test(url) || url.includes('/v1/figures'))).toEqual([]);
    expect(await ada.page.getByRole('menuitem', { name: 'Dashboard' }).count()).toBe(0);
  });

  it('shows superusers the mails of the development mailbox, with links to follow', async () => {
    await come('root@example.com');
    await ada.open('/cockpit#/users');
    await ada.page.getByRole('menuitem', { name: 'Development mailbox' }).click();
    await ada.reads('carol@example.com');
    expect(await ada.barriers('cockpit-mailbox')).toEqual([]);
    const [mail] = await server.mailbox.to('carol@example.com');
    await ada.follow(mail!.subject!);
    const link = ada.page.getByRole('link', { name: mail!.links[0]!, exact: true });
    await link.waitFor();
    expect(await link.getAttribute('href')).toBe(mail!.links[0]);
    expect(await ada.barriers('cockpit-mailbox-mail')).toEqual([]);
  });

  it('shows nobody else a way to the mailbox', async () => {
    await come('manager@example.com');
    await ada.open('/cockpit#/users');
    await ada.reads('root@example.com');
    expect(await ada.page.getByRole('menuitem', { name: 'Development mailbox' }).count()).toBe(0);
  });
});
