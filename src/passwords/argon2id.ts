import { hash } from '@node-rs/argon2';
import { randomBytes } from 'node:crypto';
import { ARGON2_VERSION_19, ARGON2ID, parseArgon2 } from './argon2-phc.js';

const SALT_BYTES = 16;
const DIGEST_BYTES = 32;

/** What one hash costs: memory in KiB, passes over it, lanes. */
export interface Argon2Parameters {
  readonly memoryKib: number;
  readonly timeCost: number;
  readonly parallelism: number;
}

/**
 * The argon2id hash of `password` with a new random salt, as a PHC string (RFC 9106). The work is done
 * off the event loop. The password is hashed exactly as typed, in UTF-8.
 */
export function hashArgon2id(password: string, parameters: Argon2Parameters): Promise<string> {
  return hash(password, {
    algorithm: ARGON2ID,
    version: ARGON2_VERSION_19,
    memoryCost: parameters.memoryKib,
    timeCost: parameters.timeCost,
    parallelism: parameters.parallelism,
    outputLen: DIGEST_BYTES,
    salt: randomBytes(SALT_BYTES),
  });
}

/**
 * A hash that no password has and that costs as much to verify as a real one: its digest is random.
 * Made without hashing, so that the first use of it costs no more than the later ones.
 */
export function decoyArgon2id({ memoryKib, timeCost, parallelism }: Argon2Parameters): string {
  const salt = unpaddedBase64(randomBytes(SALT_BYTES));
  const digest = unpaddedBase64(randomBytes(DIGEST_BYTES));
  return `$argon2id$v=19$m=${memoryKib},t=${timeCost},p=${parallelism}$${salt}$${digest}`;
}

/** True when `hash` is argon2id of version 19 and none of its parameters is below `least`. */
export function isArgon2idOfAtLeast(hash: string, least: Argon2Parameters): boolean {
  const found = parseArgon2(hash);
  return (
    found !== null &&
    (found.algorithm as number) === ARGON2ID &&
    (found.version as number) === ARGON2_VERSION_19 &&
    found.memoryCost >= least.memoryKib &&
    found.timeCost >= least.timeCost &&
    found.parallelism >= least.parallelism
  );
}

function unpaddedBase64(bytes: Buffer): string {
  return bytes.toString('base64').replace(/=+$/, '');
}
