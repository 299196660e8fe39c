import type { Level } from '../common/levels.js';
import type { Permission } from '../common/permissions.js';

/** A permanent key as it is listed; its secret is never shown again. Times in ms since 1970. */
export interface ApiKey {
  readonly id: string;
  readonly name: string;
  readonly hint: string;
  readonly ownerId: string;
  readonly createdBy: string | null;
  /** What it gives today: the lower of its own level and its owner's. */
  readonly level: Level;
  /** Where it counts beside its owner's networks; empty is everywhere. */
  readonly networks: readonly string[];
  readonly createdAt: number;
  /** Null for a key that ends only when it is revoked. */
  readonly expiresAt: number | null;
  /** Null before its first use. */
  readonly lastUsedAt: number | null;
}

/** A key that is about to be made. */
export interface NewApiKey {
  readonly name: string;
  readonly ownerId: string;
  /** The owner's epoch, read before. */
  readonly ownerEpoch: number;
  readonly createdBy: string | null;
  /** The highest level that it may ever give. */
  readonly level: Level;
  /** All that it may ever give of an administrator's permissions; null is whatever its owner has. */
  readonly permissions: readonly Permission[] | null;
  readonly networks: readonly string[];
  readonly expiresAt: number | null;
  /** Chosen by the caller; null has us make one. */
  readonly secret: string | null;
}

/** A key with its secret, which is shown now and never again. */
export interface IssuedKey {
  readonly id: string;
  readonly secret: string;
}

/** The fewest characters of a secret that somebody chooses (contract 4.4). */
export const SHORTEST_SECRET = 16;
const LONGEST_SECRET = 256;
/** What survives a header and a query unharmed. */
const SECRET = /^[\x21-\x7e]*$/;

/** What is wrong with a chosen secret itself, or null. */
export function faultOfSecret(secret: string): 'too-short' | 'invalid' | null {
  if (secret.length < SHORTEST_SECRET) return 'too-short';
  return secret.length > LONGEST_SECRET || !SECRET.test(secret) ? 'invalid' : null;
}
