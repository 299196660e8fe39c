import { hash, randomBytes } from 'node:crypto';

/** SHA-256 of a random secret, base64url: all that is stored of a token (contract 3.2). */
export function digestOf(secret: string): string {
  return hash('sha256', secret, 'base64url');
}

/** 128 random bits in the shape of a UUID, for one-time tokens whose documents show a UUID. */
export function randomUuidShaped(): string {
  const hex = randomBytes(16).toString('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}
