import { serialize } from 'cookie';
import { SECOND } from '../../common/clock.js';
import { ATTEMPT_TTL } from '../../social/sign-in-attempts.service.js';

/**
 * `Set-Cookie` that ties an attempt to this browser, so that nobody can end his own in somebody else's.
 * It goes along when the provider sends the browser back, which is a link from another site: hence Lax.
 */
export function attemptCookie(cookie: { name: string; value: string }, publicUrl: string): string {
  return write(cookie.name, cookie.value, publicUrl, ATTEMPT_TTL / SECOND);
}

/** `Set-Cookie` that has the browser forget an attempt. */
export function noAttemptCookie(name: string, publicUrl: string): string {
  return write(name, '', publicUrl, 0);
}

function write(name: string, value: string, publicUrl: string, maxAge: number): string {
  const secure = publicUrl.startsWith('https:');
  return serialize(name, value, { httpOnly: true, sameSite: 'lax', path: '/auth', secure, maxAge });
}
