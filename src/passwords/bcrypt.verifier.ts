import bcrypt from 'bcrypt';
import { timingSafeEqual } from 'node:crypto';
import type { Verifier } from './verifier.js';

/** `$2a`, `$2b` or `$2y`, cost 4 to 14 (about a second), 22 characters of salt, 31 of digest. */
const SHAPE = /^\$2[aby]\$(?:0[4-9]|1[0-4])\$[./A-Za-z0-9]{53}$/;
const DIGEST_LENGTH = 31;

/**
 * bcrypt in its modular crypt form. Like every bcrypt it sees the first 72 bytes of a password only:
 * that is how these hashes were made.
 */
export class BcryptVerifier implements Verifier {
  recognises(hash: string): boolean {
    return SHAPE.test(hash);
  }

  async verify(hash: string, password: string): Promise<boolean> {
    if (!this.recognises(hash)) return false;
    // `$2y` is PHP's name for what OpenBSD calls `$2b`; the library knows the latter only.
    const setting = hash.slice(0, -DIGEST_LENGTH).replace(/^\$2y/, '$2b');
    const computed = await bcrypt.hash(password, setting);
    // Only the digests are compared: the last character of a salt has spare bits, which some makers set.
    return timingSafeEqual(digestOf(computed), digestOf(hash));
  }
}

function digestOf(hash: string): Buffer {
  return Buffer.from(hash.slice(-DIGEST_LENGTH));
}
