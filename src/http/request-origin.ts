import type { IncomingHttpHeaders } from 'node:http';

/**
 * True for a request that a browser makes for a page that is not ours (contract 3.13). `Origin`, if
 * present, must be one of `linkOrigins` (`null` never is) and then decides alone. Without it only
 * `Sec-Fetch-Site: same-origin` and `none` pass, and a request that no browser made: neither header.
 */
export function isForeignBrowserRequest(
  headers: IncomingHttpHeaders,
  linkOrigins: readonly string[],
): boolean {
  if (headers.origin !== undefined) return !linkOrigins.includes(headers.origin);
  const site = headers['sec-fetch-site'];
  return site !== undefined && site !== 'same-origin' && site !== 'none';
}
