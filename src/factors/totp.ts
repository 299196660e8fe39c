import { generateSecret, generateURI, verifySync } from 'otplib';
import { SECOND } from '../common/clock.js';

/** Every authenticator app knows these: SHA-1, six digits, steps of 30 seconds. */
const PERIOD = 30;
const FORM = /^\d{6}$/;

/** A fresh shared secret: 20 random bytes in Base32 (RFC 4226 4, R6). */
export function newTotpSecret(): string {
  return generateSecret({ length: 20 });
}

/** True for text in the form of an authenticator app's code. */
export function isTotpCode(code: string): boolean {
  return FORM.test(code);
}

/**
 * The step to which a code of this secret belongs: the present one, the one before or the one after;
 * null when the code is of none of them. Every code costs the same time.
 * Spec: RFC 6238 4.2, 5.2.
 */
export function stepOfCode(secret: string, code: string, now: number): number | null {
  if (!isTotpCode(code)) return null;
  const epoch = Math.floor(now / SECOND);
  const result = verifySync({ secret, token: code, epoch, epochTolerance: PERIOD });
  return result.valid && 'timeStep' in result ? result.timeStep : null;
}

/** What an authenticator app reads from the picture; apps split it at a colon, so the issuer has none. */
export function totpUri(secret: string, { issuer, label }: { issuer: string; label: string }): string {
  return generateURI({ secret, issuer, label });
}
