import type { IncomingHttpHeaders } from 'node:http';
import { parse, serialize } from 'cookie';

/** Where these cookies go: to the sign-in, and nowhere else. */
const PATH = '/v1/sessions';

/** What a browser keeps of its sign-ins beside the session: one that waits for its code, one by a passkey, and its being trusted. */
export type SignInCookie = 'pending_sign_in' | 'passkey_sign_in' | 'trusted_device';

/** The value of one of them; null without it. */
export function signInCookieOf(headers: IncomingHttpHeaders, name: SignInCookie): string | null {
  return (headers.cookie === undefined ? undefined : parse(headers.cookie)[name]) || null;
}

/** `Set-Cookie` for one: no script reads it, and no request that another site caused sends it along. */
export function signInCookie(
  name: SignInCookie,
  value: string,
  publicUrl: string,
  maxAgeSeconds: number,
): string {
  return serialize(name, value, {
    httpOnly: true,
    sameSite: 'strict',
    path: PATH,
    secure: publicUrl.startsWith('https:'),
    maxAge: maxAgeSeconds,
  });
}

/** `Set-Cookie` that has the browser forget it. */
export function noSignInCookie(name: SignInCookie, publicUrl: string): string {
  return signInCookie(name, '', publicUrl, 0);
}
