import { createHmac } from 'node:crypto';

/** One request as RFC 5849 looks at it: every parameter of address, header and form, decoded. */
export interface SignedParts {
  readonly method: string;
  /** Without query; scheme and host in small letters (3.4.1.2). */
  readonly baseUrl: string;
  readonly parameters: readonly (readonly [string, string])[];
}

/** RFC 5849 3.6: everything but unreserved characters. */
export function percentEncode(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    (mark) => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

/** The HMAC-SHA1 signature of RFC 5849 3.4, written from the RFC and from nothing else. */
export function signatureOf(parts: SignedParts, consumerSecret: string, tokenSecret: string): string {
  const pairs = parts.parameters
    .filter(([name]) => name !== 'oauth_signature' && name !== 'realm')
    .map(([name, value]) => [percentEncode(name), percentEncode(value)] as const)
    .sort(([nameA, valueA], [nameB, valueB]) => compare(nameA, nameB) || compare(valueA, valueB));
  const normalised = pairs.map(([name, value]) => `${name}=${value}`).join('&');
  const base = [parts.method.toUpperCase(), percentEncode(parts.baseUrl), percentEncode(normalised)].join(
    '&',
  );
  const key = `${percentEncode(consumerSecret)}&${percentEncode(tokenSecret)}`;
  return createHmac('sha1', key).update(base).digest('base64');
}

/** The parameters of an `Authorization: OAuth …` header (3.5.1), decoded; null for another header. */
export function headerParameters(header: string | undefined): [string, string][] | null {
  if (!header?.startsWith('OAuth ')) return null;
  return [...header.slice(6).matchAll(/\s*([^=,\s]+)="([^"]*)"\s*(?:,|$)/g)].map(([, name, value]) => [
    decodeURIComponent(name!),
    decodeURIComponent(value!),
  ]);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
