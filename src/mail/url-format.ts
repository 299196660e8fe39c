import { UrlFormatInvalid } from './link-format.errors.js';
import { StrictTemplate } from './strict-template.js';

/** A url_format that has been checked: fills in one person's values. */
export interface UrlFormat {
  /** The whole link, both values percent-encoded. */
  link(values: { readonly token: string; readonly email: string }): string;
}

/** Where links may lead. */
export interface LinkPlaces {
  /** What a relative format is joined to; ends without a slash. */
  readonly webAppUrl: string;
  /** Every origin that an absolute format may name. */
  readonly linkOrigins: readonly string[];
}

const LONGEST = 2_000;
/**
 * What RFC 3986 lets stand in a URL, and the braces. Without quotes, brackets, commas and the like: in a
 * mail's plain text a reader's program ends the link there, and starts another with what follows.
 */
const ALLOWED = /^[\w\-.~:/?#@!$&+=%{}]+$/;
const RELATIVE = /^\/(?!\/)/;
const ABSOLUTE = /^https?:\/\/([^/?#]+)/i;
/** A second `//` after the authority could begin a link of its own. */
const SECOND_AUTHORITY = /^(?:https?:\/)?\/.*\/\//i;

/**
 * Reads a url_format: literal text with `{token}` and `{email}`, both at least once and no other
 * brace; a path of the web application (`/…`), or an absolute URL of one of `linkOrigins`. What it
 * fills in cannot lead anywhere else.
 * @throws UrlFormatInvalid
 * Spec: contract 3.8.
 */
export function parseUrlFormat(format: unknown, places: LinkPlaces): UrlFormat {
  if (typeof format !== 'string' || format.length > LONGEST || !ALLOWED.test(format)) {
    throw new UrlFormatInvalid();
  }
  if (SECOND_AUTHORITY.test(format)) throw new UrlFormatInvalid();
  const isRelative = RELATIVE.test(format);
  const template = StrictTemplate.parse(format, ['token', 'email']);
  if (!template?.has('token') || !template.has('email')) throw new UrlFormatInvalid();
  if (!isRelative && !isAllowedAbsolute(format, places.linkOrigins)) throw new UrlFormatInvalid();
  const base = isRelative ? places.webAppUrl : '';
  return {
    link: ({ token, email }) =>
      base + template.fill({ token: encodeURIComponent(token), email: encodeURIComponent(email) }),
  };
}

function isAllowedAbsolute(format: string, linkOrigins: readonly string[]): boolean {
  // The authority must be literal, and written as itself: no placeholder, no credentials, no escapes.
  const authority = ABSOLUTE.exec(format)?.[1] ?? '';
  if (authority === '' || /[{}@%]/.test(authority) || !URL.canParse(format)) return false;
  return linkOrigins.includes(new URL(format).origin);
}
