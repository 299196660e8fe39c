/** Our pages load nothing but our own style and script, post only to us and stand in no frame. */
const policyWith = (images: string): string =>
  [
    "default-src 'none'",
    "style-src 'self'",
    "script-src 'self'",
    "connect-src 'self'",
    `img-src ${images}`,
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join('; ');

/** The headers of every HTML page of ours, lower-case names. HSTS is set with those of every answer. */
export const PAGE_HEADERS: Readonly<Record<string, string>> = {
  'content-type': 'text/html; charset=utf-8',
  'content-security-policy': policyWith("'self'"),
  // Not `no-referrer`: with it browsers post a form with `Origin: null`, which is refused as foreign
  // (contract 3.13). This one names the origin and never the path, in which a page has its token.
  'referrer-policy': 'strict-origin',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'cache-control': 'no-store',
};

/** Those of a page that also shows images which its own script has made. */
export const IMAGE_MAKING_PAGE_HEADERS: Readonly<Record<string, string>> = {
  ...PAGE_HEADERS,
  'content-security-policy': policyWith("'self' blob:"),
};
