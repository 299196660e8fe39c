import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { packageRoot } from '../../src/common/package-root.js';
import type { BrowserWindow, Visit } from './browser-window.js';
import { PUBLIC_URL } from './gatehouse.js';

/** A real OpenID provider in a process of its own, which knows Gatehouse as its client. */
export class OpenIdProviderProcess {
  private constructor(
    private readonly process: ChildProcess,
    readonly issuer: string,
  ) {}

  static async start(name: string): Promise<OpenIdProviderProcess> {
    const script = join(packageRoot(), 'test/support/openid-provider-main.mjs');
    const child = spawn(process.execPath, [script, `${PUBLIC_URL}/auth/${name}/callback`], {
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    // Beside its address it prints warnings.
    for await (const line of createInterface(child.stdout)) {
      if (line.startsWith('http://')) return new OpenIdProviderProcess(child, line);
    }
    throw new Error('The OpenID provider did not start');
  }

  /** The environment that makes Gatehouse its client under `name`. */
  environment(name: string): Record<string, string> {
    const prefix = `OIDC_${name.toUpperCase()}`;
    return {
      [`${prefix}_ISSUER`]: this.issuer,
      [`${prefix}_CLIENT_ID`]: 'gatehouse',
      [`${prefix}_CLIENT_SECRET`]: 'gatehouse-secret-0123456789',
    };
  }

  async set(settings: { emailVerified?: boolean }): Promise<void> {
    await fetch(`${this.issuer}/settings`, { method: 'PUT', body: JSON.stringify(settings) });
  }

  /** Goes the way of somebody who signs in as `login` and agrees; answers the address he is sent back to. */
  async signIn(browser: BrowserWindow, location: string, login: string): Promise<string> {
    let visit = await this.toNextPage(browser, await browser.get(location));
    // It knows a browser again.
    if (!isBack(visit))
      visit = await this.submit(browser, visit, { prompt: 'login', login, password: 'any' });
    if (!isBack(visit)) visit = await this.submit(browser, visit, { prompt: 'consent' });
    if (visit.location === null) throw new Error(`The provider sends nobody back: ${visit.html}`);
    return visit.location;
  }

  /** The same of somebody who says no; the page has a link for it. */
  async refuse(browser: BrowserWindow, location: string): Promise<string> {
    const page = await this.toNextPage(browser, await browser.get(location));
    const [, abort = ''] = /href="([^"]*\/abort)"/.exec(page.html) ?? [];
    return (
      (await this.toNextPage(browser, await browser.get(new URL(abort, this.issuer).href))).location ?? ''
    );
  }

  async stop(): Promise<void> {
    this.process.kill();
    await once(this.process, 'exit');
  }

  private async submit(browser: BrowserWindow, page: Visit, form: Record<string, string>): Promise<Visit> {
    const [, action = ''] = /<form[^>]*action="([^"]*)"/.exec(page.html) ?? [];
    return this.toNextPage(browser, await browser.post(new URL(action, this.issuer).href, form));
  }

  private toNextPage(browser: BrowserWindow, visit: Visit): Promise<Visit> {
    return browser.follow(visit, (address) => address.startsWith(PUBLIC_URL));
  }
}

function isBack({ location }: Visit): boolean {
  return location?.startsWith(PUBLIC_URL) ?? false;
}
