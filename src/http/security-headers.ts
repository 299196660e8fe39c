import type { Config } from '../config/config.js';

const ALWAYS = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'x-frame-options': 'DENY',
  // A handler whose answer other sites embed (images) says `cross-origin` itself.
  'cross-origin-resource-policy': 'same-origin',
  // Any answer may hold a credential or a person's data; what may be kept says so itself.
  'cache-control': 'no-store',
};

/** The headers of every answer, made once. HSTS (a year, this host) only where the public URL is https. */
export function securityHeaders(config: Pick<Config, 'links'>): Readonly<Record<string, string>> {
  if (!config.links.publicUrl.startsWith('https:')) return ALWAYS;
  return { ...ALWAYS, 'strict-transport-security': 'max-age=31536000' };
}
