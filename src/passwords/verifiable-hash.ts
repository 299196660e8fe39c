import { ARGON2_LIMITS, Argon2Verifier, type Argon2Limits } from './argon2.verifier.js';
import { BcryptVerifier } from './bcrypt.verifier.js';
import { DjangoArgon2Verifier } from './django-argon2.verifier.js';
import { DjangoBcryptVerifier } from './django-bcrypt.verifier.js';
import { DjangoPbkdf2Verifier } from './django-pbkdf2.verifier.js';
import { DjangoScryptVerifier } from './django-scrypt.verifier.js';
import { PhcScryptVerifier } from './phc-scrypt.verifier.js';
import type { Verifier } from './verifier.js';
import { WerkzeugPbkdf2Verifier } from './werkzeug-pbkdf2.verifier.js';
import { WerkzeugScryptVerifier } from './werkzeug-scrypt.verifier.js';

/** What is verified, in words; for faults. */
export const VERIFIABLE_HASHES =
  'an argon2 or scrypt (PHC), bcrypt, Django or werkzeug hash whose parameters are within the limits';

/** One verifier for each kind of stored hash; `argon2Limits` is the most that an Argon2 hash may ask for. */
export function verifiersWithin(argon2Limits: Argon2Limits): readonly Verifier[] {
  const argon2 = new Argon2Verifier(argon2Limits);
  const bcrypt = new BcryptVerifier();
  return [
    argon2,
    bcrypt,
    new DjangoPbkdf2Verifier(),
    new DjangoArgon2Verifier(argon2),
    new DjangoBcryptVerifier(bcrypt),
    new DjangoScryptVerifier(),
    new PhcScryptVerifier(),
    new WerkzeugPbkdf2Verifier(),
    new WerkzeugScryptVerifier(),
  ];
}

const VERIFIERS = verifiersWithin(ARGON2_LIMITS);

/** No stored hash is longer. */
const LONGEST = 512;

/**
 * True when somebody could sign in against `hash`: one of `VERIFIABLE_HASHES`, well formed and within the
 * limits. For importers, which refuse any other hash up front. Does no hashing.
 */
export function isVerifiableHash(hash: string): boolean {
  return hash.length <= LONGEST && VERIFIERS.some((verifier) => verifier.recognises(hash));
}
