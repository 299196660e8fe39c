import { createHash } from 'node:crypto';

/** The strong entity tag of what is answered as JSON: another one as soon as anything in it differs (RFC 9110 8.8.3). */
export function entityTagOf(view: object): string {
  return `"${createHash('sha256').update(JSON.stringify(view)).digest('base64url').slice(0, 27)}"`;
}

/**
 * True when the caller's `If-None-Match` says that it already has what `etag` tags, so that 304 is the
 * answer. Compares weakly, as RFC 9110 13.1.2 asks.
 */
export function isNotModified(ifNoneMatch: string | undefined, etag: string): boolean {
  if (ifNoneMatch === undefined) return false;
  const tags = tagsOf(ifNoneMatch).map((tag) => tag.replace(/^W\//, ''));
  return tags.includes('*') || tags.includes(etag);
}

/** True when `If-Match` is absent or names `etag`; compares strongly, as RFC 9110 13.1.1 asks. */
export function isMatched(ifMatch: string | undefined, etag: string): boolean {
  if (ifMatch === undefined) return true;
  const tags = tagsOf(ifMatch);
  return tags.includes('*') || tags.includes(etag);
}

function tagsOf(header: string): string[] {
  return header.split(',').map((tag) => tag.trim());
}
