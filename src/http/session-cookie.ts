import type { IncomingHttpHeaders } from 'node:http';
import { parse, serialize } from 'cookie';

const NAME = 'session';

/** The value of the session cookie; null without one. */
export function sessionCookieOf(headers: IncomingHttpHeaders): string | null {
  return (headers.cookie === undefined ? undefined : parse(headers.cookie)[NAME]) || null;
}

/**
 * `Set-Cookie` for a session (contract 4.3): no script reads it, no foreign page sends it along, and
 * behind https it travels nowhere else. Without `maxAgeSeconds` it ends with the browser.
 */
export function sessionCookie(value: string, publicUrl: string, maxAgeSeconds: number | null): string {
  return serialize(NAME, value, {
    httpOnly: true,
    sameSite: 'lax',
    path: '/',
    secure: publicUrl.startsWith('https:'),
    ...(maxAgeSeconds === null ? {} : { maxAge: maxAgeSeconds }),
  });
}

/** `Set-Cookie` that has the browser forget the session. */
export function noSessionCookie(publicUrl: string): string {
  return sessionCookie('', publicUrl, 0);
}
