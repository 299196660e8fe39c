import type { Browser } from 'playwright-core';
import { startChromium } from './chromium.js';
import { makePerson, PASSWORD, type Person } from './declared-people.js';
import { PUBLIC_URL, startTestGatehouse, type TestGatehouse } from './gatehouse.js';
import { PageVisitor, type Window } from './page-visitor.js';

/** A page of the cockpit is larger than the hosted ones, and machines that run tests are busy. */
const PATIENCE_MS = 20_000;

const DESKTOP = { viewport: { width: 1280, height: 900 } };

/** A Gatehouse with an administrator of each level, and a browser in which they come to the cockpit. */
export class CockpitStage {
  /** Whatever was asked of another origin. */
  readonly foreign: string[] = [];
  private readonly visitors: PageVisitor[] = [];

  private constructor(
    readonly server: TestGatehouse,
    private readonly browser: Browser,
  ) {}

  static async open(environment: Record<string, string> = {}): Promise<CockpitStage> {
    const server = await startTestGatehouse(environment);
    const browser = await startChromium({ 'id.gatehouse.test': new URL(server.api.address).host });
    for (const level of ['superuser', 'admin', 'manager'] as const) {
      await makePerson(server, { email: `${level}@example.com`, type: 'admin', level });
    }
    return new CockpitStage(server, browser);
  }

  async close(): Promise<void> {
    await this.browser.close();
    await this.server.stop();
  }

  /** Somebody in front of a window of his own. */
  async come(window: Window = {}): Promise<PageVisitor> {
    const visitor = await PageVisitor.come(this.browser, { ...DESKTOP, ...window });
    visitor.page.on('request', (request) => {
      const { origin, protocol } = new URL(request.url());
      if (protocol.startsWith('http') && origin !== PUBLIC_URL) this.foreign.push(request.url());
    });
    visitor.page.setDefaultTimeout(PATIENCE_MS);
    this.visitors.push(visitor);
    return visitor;
  }

  /** Somebody who is signed in, at a page of the cockpit. */
  async enter(person: Pick<Person, 'email'>, place = 'users', window: Window = {}): Promise<PageVisitor> {
    const visitor = await this.come(window);
    await visitor.open('/?then=cockpit#/sign-in');
    await signInHere(visitor, person.email);
    await visitor.page.waitForURL(/\/cockpit/);
    await goTo(visitor, place);
    return visitor;
  }

  /** Everybody leaves. Nothing was complained of, and nothing asked of anybody else. */
  async leave(): Promise<void> {
    const complaints = this.visitors.flatMap((visitor) => visitor.complaints);
    await Promise.all(this.visitors.splice(0).map((visitor) => visitor.leave()));
    expect({ complaints, foreign: this.foreign }).toEqual({ complaints: [], foreign: [] });
  }
}

/** Opens a page of the cockpit, and waits until it shows what it has. */
export async function goTo(visitor: PageVisitor, place: string): Promise<void> {
  await visitor.open(`/cockpit#/${place}`);
  await visitor.page.locator('main :is(button, table, form, p, li, h4, h5, h6):visible').first().waitFor();
  await visitor.page.waitForLoadState('networkidle');
}

/** Signs in on the hosted page that is shown. */
export async function signInHere(visitor: PageVisitor, email: string, password = PASSWORD): Promise<void> {
  await visitor.sees('Sign in');
  await visitor.page.getByLabel('E-mail address or user name').fill(email);
  await visitor.type('Password', password);
  await visitor.press('Sign in');
}
