/**
 * True when the caller's `If-None-Match` says that it already has what `etag` tags, so that 304 is the
 * answer. Compares weakly, as RFC 9110 13.1.2 asks.
 */
export function isNotModified(ifNoneMatch: string | undefined, etag: string): boolean {
  if (ifNoneMatch === undefined) return false;
  const tags = ifNoneMatch.split(',').map((tag) => tag.trim().replace(/^W\//, ''));
  return tags.includes('*') || tags.includes(etag);
}
