import { scrypt, timingSafeEqual } from 'node:crypto';

/** What one scrypt hash costs: blocks (a power of two), size of a block, how often (RFC 7914: N, r, p). */
export interface ScryptParameters {
  readonly n: number;
  readonly r: number;
  readonly p: number;
}

/** What was hashed with scrypt, and how. */
export interface ScryptHash extends ScryptParameters {
  readonly salt: Buffer;
  readonly digest: Buffer;
}

/** As much memory as Argon2 may take, and, times `p`, as much work: about a second. */
const MOST_BYTES = 256 * 1024 * 1024;

/** What OpenSSL may take: blocks, lanes and its own two blocks more. More than the work above ever needs. */
const MOST_MEMORY = 2 * MOST_BYTES;

/** Far more than any hash in use has; beyond these memory grows with what is no work. */
const LARGEST_R = 64;
const MOST_LANES = 16;

/** A shorter digest is broken: too many passwords would match it. */
const SHORTEST_DIGEST = 16;
const LONGEST_DIGEST = 64;

/**
 * True when these are parameters of scrypt, and reading and writing 256 MiB is all the work that they ask
 * for: OpenSSL does it then, and never refuses.
 */
export function isScryptWithin({ n, r, p }: ScryptParameters): boolean {
  const isPowerOfTwo = n > 1 && Number.isInteger(Math.log2(n));
  const areSmall = r >= 1 && r <= LARGEST_R && p >= 1 && p <= MOST_LANES;
  // RFC 7914, 6: N is less than 2^(128 * r / 8).
  const areSound = isPowerOfTwo && areSmall && Math.log2(n) < 16 * r;
  return areSound && 128 * n * r * p <= MOST_BYTES && 128 * r * (n + 2 + p) <= MOST_MEMORY;
}

/** The hash, if its parameters and the length of its digest are within the limits; else null. */
export function scryptHash(hash: ScryptHash): ScryptHash | null {
  const { length } = hash.digest;
  return isScryptWithin(hash) && length >= SHORTEST_DIGEST && length <= LONGEST_DIGEST ? hash : null;
}

/** True when `hash` is of `password`. Compared in constant time; computed off the event loop. */
export function isOfScrypt({ n, r, p, salt, digest }: ScryptHash, password: string): Promise<boolean> {
  return new Promise((resolve, reject) => {
    scrypt(password, salt, digest.length, { N: n, r, p, maxmem: MOST_MEMORY }, (error, computed) => {
      if (error) reject(error);
      else resolve(timingSafeEqual(computed, digest));
    });
  });
}
