import { hash as digestOf } from 'node:crypto';
import type { BcryptVerifier } from './bcrypt.verifier.js';
import type { Verifier } from './verifier.js';

const PLAIN = 'bcrypt$';
const DIGESTED = 'bcrypt_sha256$';

/**
 * bcrypt as Django stores it: `bcrypt$$2b$…`, and `bcrypt_sha256$$2b$…`, where what bcrypt was given is
 * the SHA-256 of the password in hex, so that a long password counts whole.
 */
export class DjangoBcryptVerifier implements Verifier {
  constructor(private readonly bcrypt: BcryptVerifier) {}

  recognises(hash: string): boolean {
    const prefix = prefixOf(hash);
    return prefix !== null && this.bcrypt.recognises(hash.slice(prefix.length));
  }

  async verify(hash: string, password: string): Promise<boolean> {
    const prefix = prefixOf(hash);
    if (prefix === null) return false;
    const given = prefix === DIGESTED ? digestOf('sha256', password, 'hex') : password;
    return this.bcrypt.verify(hash.slice(prefix.length), given);
  }
}

function prefixOf(hash: string): string | null {
  return [PLAIN, DIGESTED].find((prefix) => hash.startsWith(prefix)) ?? null;
}
