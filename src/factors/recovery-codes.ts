import { randomBytes } from 'node:crypto';
import { digestOf } from '../common/digest.js';
import { newId } from '../common/ids.js';
import type { RecoveryCodeEntity } from './recovery-code.entity.js';

/** How many codes are made at a time. */
export const RECOVERY_CODES = 10;

/** Crockford's Base32: no letter that is read for another. */
const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz';
const LENGTH = 16;
const FORM = /^[0-9a-z]{16}$/;

/** Ten fresh codes of 80 random bits each, as people write them down: `xxxx-xxxx-xxxx-xxxx`. */
export function newRecoveryCodes(): readonly string[] {
  return Array.from({ length: RECOVERY_CODES }, newCode);
}

/** What is kept of codes that a user is given. */
export function rowsOfCodes(
  userId: string,
  codes: readonly string[],
  createdAt: number,
): RecoveryCodeEntity[] {
  return codes.map((code) => ({
    id: newId(),
    userId,
    digest: digestOf(compact(code)),
    createdAt,
    usedAt: null,
  }));
}

/** What is kept of a code; null for text that can be none. Capitals, blanks and dashes do not matter. */
export function digestOfRecoveryCode(typed: string): string | null {
  const code = compact(typed);
  return FORM.test(code) ? digestOf(code) : null;
}

/** A code as it was typed, without what people put between its characters. */
export function compact(typed: string): string {
  return typed.replaceAll(/[\s-]/g, '').toLowerCase();
}

function newCode(): string {
  // 32 divides 256: every character is as likely as any other.
  const characters = Array.from(randomBytes(LENGTH), (byte) => ALPHABET[byte % ALPHABET.length]).join('');
  return (characters.match(/.{4}/g) ?? []).join('-');
}
