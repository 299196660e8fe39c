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

/** A shorter digest is broken: too many passwords would match it. */
const SHORTEST_DIGEST = 16;
const LONGEST_DIGEST = 64;

/** True when these are parameters of scrypt, and reading and writing 256 MiB is all the work that they ask for. */
export function isScryptWithin({ n, r, p }: ScryptParameters): boolean {
  const isPowerOfTwo = n > 1 && Number.isInteger(Math.log2(n));
  // RFC 7914, 6: N is less than 2^(128 * r / 8).
  return isPowerOfTwo && r >= 1 && p >= 1 && Math.log2(n) < 16 * r && 128 * n * r * p <= MOST_BYTES;
}

/** The hash, if its parameters and the length of its digest are within the limits; else null. */
export function scryptHash(hash: ScryptHash): ScryptHash | null {
  const { length } = hash.digest;
  return isScryptWithin(hash) && length >= SHORTEST_DIGEST && length <= LONGEST_DIGEST ? hash : null;
}

/** True when `hash` is of `password`. Compared in constant time; computed off the event loop. */
export function isOfScrypt({ n, r, p, salt, digest }: ScryptHash, password: string): Promise<boolean> {
  const maxmem = 2 * MOST_BYTES;
  return new Promise((resolve, reject) => {
    scrypt(password, salt, digest.length, { N: n, r, p, maxmem }, (error, computed) => {
      if (error) reject(error);
      else resolve(timingSafeEqual(computed, digest));
    });
  });
}
