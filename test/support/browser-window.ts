import { parse } from 'cookie';
import type { TestApi } from './api.js';
import { PUBLIC_URL } from './gatehouse.js';

/** One answer on the way of a browser. */
export interface Visit {
  readonly status: number;
  readonly location: string | null;
  readonly headers: Headers;
  readonly html: string;
}

/**
 * As much of a browser as a sign-in elsewhere needs: it keeps cookies by site, and knows Gatehouse by
 * its public address. It follows no redirect by itself.
 */
export class BrowserWindow {
  private readonly cookies = new Map<string, Map<string, string>>();

  constructor(private readonly api: TestApi) {}

  get(address: string, headers: Record<string, string> = {}): Promise<Visit> {
    return this.visit('GET', address, undefined, headers);
  }

  post(address: string, form: Record<string, string>): Promise<Visit> {
    return this.visit('POST', address, new URLSearchParams(form));
  }

  /** The cookies that it has of Gatehouse, by name. */
  get own(): Readonly<Record<string, string>> {
    return Object.fromEntries(this.jar(PUBLIC_URL));
  }

  /** Goes on from redirect to redirect until a page is shown or `until` says so. */
  async follow(visit: Visit, until: (address: string) => boolean = () => false): Promise<Visit> {
    let last = visit;
    while (last.location !== null && !until(last.location)) last = await this.get(last.location);
    return last;
  }

  private async visit(
    method: string,
    address: string,
    body?: URLSearchParams,
    headers: Record<string, string> = {},
  ): Promise<Visit> {
    const { origin } = new URL(address, PUBLIC_URL);
    const real = new URL(address, PUBLIC_URL).href.replace(PUBLIC_URL, this.api.address);
    const jar = this.jar(origin);
    const cookie = [...jar.entries()].map(([name, value]) => `${name}=${value}`).join('; ');
    const response = await fetch(real, {
      method,
      redirect: 'manual',
      headers: { ...(cookie ? { cookie } : {}), ...headers },
      body,
    });
    for (const line of response.headers.getSetCookie()) this.keep(jar, line);
    const location = response.headers.get('location');
    return {
      status: response.status,
      location: location === null ? null : new URL(location, new URL(address, PUBLIC_URL)).href,
      headers: response.headers,
      html: await response.text(),
    };
  }

  private keep(jar: Map<string, string>, line: string): void {
    const [pair = ''] = line.split(';');
    const [[name, value] = ['', '']] = Object.entries(parse(pair));
    const isGone = /max-age=0|expires=Thu, 01 Jan 1970/i.test(line) || !value;
    if (isGone) jar.delete(name);
    else jar.set(name, value);
  }

  private jar(origin: string): Map<string, string> {
    const jar = this.cookies.get(origin) ?? new Map<string, string>();
    this.cookies.set(origin, jar);
    return jar;
  }
}
