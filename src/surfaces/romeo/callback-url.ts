const NAME = /^[\w.]{1,128}$/;

/** What a page may ask to be called by: names and dots (002 reference note 1.4); everything else is dropped. */
export function toCallbackName(value: unknown): string | null {
  return typeof value === 'string' && NAME.test(value) ? value : null;
}

/**
 * Where a provider sends the browser back to. Twitter takes any address and so carries the name along;
 * an OpenID provider knows one address exactly.
 */
export function callbackUrl(publicUrl: string, provider: string, callback: string | null): string {
  if (provider !== 'twitter') return `${publicUrl}/auth/${provider}/callback`;
  const query = callback === null ? '' : `?callback=${encodeURIComponent(callback)}`;
  return `${publicUrl}/auth/twitter_callback${query}`;
}
