import { ARGON2_LIMITS, Argon2Verifier } from './argon2.verifier.js';
import type { Argon2Parameters } from './argon2id.js';
import { BcryptVerifier } from './bcrypt.verifier.js';
import { DjangoPbkdf2Verifier } from './django-pbkdf2.verifier.js';
import type { Verifier } from './verifier.js';

/** One verifier for each kind of stored hash; `argon2Limits` is the most that an Argon2 hash may ask for. */
export function verifiersWithin(argon2Limits: Argon2Parameters): readonly Verifier[] {
  return [new Argon2Verifier(argon2Limits), new BcryptVerifier(), new DjangoPbkdf2Verifier()];
}

const VERIFIERS = verifiersWithin(ARGON2_LIMITS);

/**
 * True when somebody could sign in against `hash`: Argon2 in PHC form, bcrypt, or Django's PBKDF2, well
 * formed and within the limits. For importers, which refuse any other hash up front. Does no hashing.
 */
export function isVerifiableHash(hash: string): boolean {
  return VERIFIERS.some((verifier) => verifier.recognises(hash));
}
