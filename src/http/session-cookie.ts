import type { IncomingHttpHeaders } from 'node:http';
import { parse, serialize } from 'cookie';
import { SECOND } from '../common/clock.js';
import type { Config } from '../config/config.js';

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

/** `Set-Cookie` for a session just opened: it ends with the browser, or, remembered, with the session. */
export function openedSessionCookie(
  value: string,
  { links, sessions }: Pick<Config, 'links' | 'sessions'>,
  isRemembered: boolean,
): string {
  const maxAge = isRemembered ? Math.floor(sessions.absoluteTtl / SECOND) : null;
  return sessionCookie(value, links.publicUrl, maxAge);
}

/** `Set-Cookie` that has the browser forget the session. */
export function noSessionCookie(publicUrl: string): string {
  return sessionCookie('', publicUrl, 0);
}
