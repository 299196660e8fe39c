import { pbkdf2, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';

const derive = promisify(pbkdf2);

/** About a second of work; Django's own default passes one million in its current releases. */
export const MOST_ITERATIONS = 2_000_000;

/** How many bytes HMAC gives with each of these. */
export const PBKDF2_BYTES = { sha1: 20, sha256: 32, sha512: 64 } as const;

export type Pbkdf2Digest = keyof typeof PBKDF2_BYTES;

/** What was hashed with PBKDF2, and how; the salt is text, used as it stands. */
export interface Pbkdf2Hash {
  readonly name: Pbkdf2Digest;
  readonly iterations: number;
  readonly salt: string;
  readonly digest: Buffer;
}

/** The hash, if its iterations are within the limit and its digest has the length that it must have; else null. */
export function pbkdf2Hash(hash: Pbkdf2Hash): Pbkdf2Hash | null {
  return hash.iterations <= MOST_ITERATIONS && hash.digest.length === PBKDF2_BYTES[hash.name] ? hash : null;
}

/** True when `hash` is of `password`. Compared in constant time; computed off the event loop. */
export async function isOfPbkdf2(
  { name, iterations, salt, digest }: Pbkdf2Hash,
  password: string,
): Promise<boolean> {
  return timingSafeEqual(await derive(password, salt, iterations, digest.length, name), digest);
}
