import { randomBytes } from 'node:crypto';

const PREFIX = 'ghc_';
const RANDOM_BYTES = 32;
const HINT = 4;

/** A secret of a client: `ghc_` and 256 random bits, so that scanners know it. */
export function generateSecret(): string {
  return PREFIX + randomBytes(RANDOM_BYTES).toString('base64url');
}

/** True for what begins like a secret of ours. */
export function isGenerated(secret: string): boolean {
  return secret.startsWith(PREFIX);
}

/** The part of a secret by which its owner knows it again. */
export function hintOf(secret: string): string {
  return secret.slice(-HINT);
}
