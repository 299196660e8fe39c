import { randomBytes } from 'node:crypto';
import { PAGE_HEADERS } from '../../http/pages/page-headers.js';

/** A page and the headers that it is sent with. */
export interface CockpitPage {
  readonly html: string;
  readonly headers: Readonly<Record<string, string>>;
}

const ENGLISH = {
  title: 'Gatehouse cockpit',
  noScript: 'Please allow JavaScript for this site: the cockpit needs it.',
};

const WORDS: Readonly<Record<string, typeof ENGLISH>> = {
  en: ENGLISH,
  fr: {
    title: 'Cockpit de Gatehouse',
    noScript: 'Veuillez autoriser JavaScript pour ce site : le cockpit en a besoin.',
  },
  pl: { title: 'Kokpit Gatehouse', noScript: 'Zezwól tej stronie na JavaScript: kokpit go potrzebuje.' },
};

/**
 * The page of the cockpit. Its policy lets it load our own scripts, and styles that carry the nonce of
 * this very answer: the components make theirs while they run.
 */
export function cockpitPage(locale: string, entry: string): CockpitPage {
  const nonce = randomBytes(16).toString('base64url');
  const { title, noScript } = WORDS[locale] ?? ENGLISH;
  return { html: htmlOf({ locale, title, noScript, nonce, entry }), headers: headersOf(nonce) };
}

function headersOf(nonce: string): Readonly<Record<string, string>> {
  const policy = [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    "connect-src 'self'",
    "img-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
  return { ...PAGE_HEADERS, 'content-security-policy': policy };
}

function htmlOf({ locale, title, noScript, nonce, entry }: Readonly<Record<string, string>>): string {
  return `<!doctype html>
<html lang="${locale}">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="color-scheme" content="light dark">
    <meta name="robots" content="noindex">
    <meta property="csp-nonce" nonce="${nonce}">
    <title>${title}</title>
    <link rel="icon" href="/assets/icon.svg" type="image/svg+xml">
    <script type="module" src="/cockpit/assets/${entry}"></script>
  </head>
  <body>
    <div id="cockpit"></div>
    <noscript>${noScript}</noscript>
  </body>
</html>
`;
}
