import { mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { packageRoot } from '../../src/common/package-root.js';
import { PUBLIC_URL } from './gatehouse.js';

const SCREENSHOTS = join(packageRoot(), 'test', 'browser', 'screenshots');

/** How long the browser waits for what a page is to show. */
const PATIENCE_MS = 10_000;

/** What a visitor's window is like. */
export interface Window {
  readonly locale?: string;
  readonly colorScheme?: 'light' | 'dark';
  readonly viewport?: { readonly width: number; readonly height: number };
}

/** Somebody in front of the hosted pages, in a browser of his own. */
export class PageVisitor {
  /** What the browser complained of: errors of scripts, refusals of the content security policy. */
  readonly complaints: string[] = [];

  private constructor(
    readonly context: BrowserContext,
    readonly page: Page,
  ) {
    page.setDefaultTimeout(PATIENCE_MS);
    page.on('pageerror', (error) => this.complaints.push(String(error)));
    page.on('console', (message) => {
      // A refused request is what a test may want; the browser tells of each.
      if (message.type() === 'error' && !/Failed to load resource/.test(message.text())) {
        this.complaints.push(message.text());
      }
    });
  }

  static async come(browser: Browser, window: Window = {}): Promise<PageVisitor> {
    const context = await browser.newContext({ locale: 'en', ...window });
    return new PageVisitor(context, await context.newPage());
  }

  /** Opens an address of ours, such as `#/sign-in`, in a fresh tab of the same browser's history. */
  async open(address: string): Promise<void> {
    await this.page.goto('about:blank');
    await this.page.goto(new URL(address, `${PUBLIC_URL}/`).href);
  }

  /** Types into the field of that label. */
  type(label: string, value: string): Promise<void> {
    return this.page.getByLabel(label, { exact: true }).fill(value);
  }

  press(name: string): Promise<void> {
    return this.page.getByRole('button', { name, exact: true }).click();
  }

  follow(name: string): Promise<void> {
    return this.page.getByRole('link', { name, exact: true }).click();
  }

  /** Waits for the page of that title. */
  sees(title: string): Promise<void> {
    return this.page.getByRole('heading', { level: 1, name: title, exact: true }).waitFor();
  }

  /** Waits for words anywhere on the page. */
  reads(words: string | RegExp): Promise<void> {
    return this.page.getByText(words).first().waitFor();
  }

  async signIn(identifier: string, password: string): Promise<void> {
    await this.open('#/sign-in');
    await this.type('E-mail address or user name', identifier);
    await this.type('Password', password);
    await this.press('Sign in');
  }

  /** Has a session from elsewhere, by its cookie. */
  bear(cookie: string): Promise<void> {
    return this.context.addCookies([{ name: 'session', value: cookie, url: PUBLIC_URL }]);
  }

  /** The serious faults that axe-core finds on the page; a picture of it is kept under `name`. */
  async barriers(name: string): Promise<unknown[]> {
    mkdirSync(SCREENSHOTS, { recursive: true });
    await this.page.screenshot({ path: join(SCREENSHOTS, `${name}.png`), fullPage: true });
    await this.page.evaluate(AXE);
    const { violations } = await this.page.evaluate<{ violations: Violation[] }>('axe.run()');
    return violations
      .filter(({ impact }) => impact === 'serious' || impact === 'critical')
      .map(({ id, nodes }) => ({ id, nodes: nodes.map(({ html }) => html) }));
  }

  leave(): Promise<void> {
    return this.context.close();
  }
}

interface Violation {
  readonly id: string;
  readonly impact: string | null;
  readonly nodes: readonly { readonly html: string }[];
}

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
