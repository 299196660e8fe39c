import { mailsWrittenTo } from '../support/declared-people.js';
import type { TestGatehouse } from '../support/gatehouse.js';

/** Where a browser sits, and what it calls itself. */
export const from = (address: string, userAgent: string): Record<string, string> => ({
  'x-forwarded-for': address,
  'user-agent': userAgent,
});

export const HOME = '198.51.100.7';
export const CAFE = '203.0.113.9';

export const firefox = (version = 145): string =>
  `Mozilla/5.0 (X11; Linux x86_64; rv:${version}.0) Gecko/20100101 Firefox/${version}.0`;
export const CHROME =
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36';

/** At home with Firefox: where everybody of a test signs in first. */
export const AT_HOME = from(HOME, firefox());

/** How often an address was told of a new sign-in. */
export const toldOf = async (server: TestGatehouse, address: string): Promise<number> =>
  (await mailsWrittenTo(server, address)).filter((kind) => kind === 'new-sign-in').length;
