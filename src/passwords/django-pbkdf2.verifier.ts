import { pbkdf2, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';
import type { Verifier } from './verifier.js';

const derive = promisify(pbkdf2);

/** `pbkdf2_sha256$<iterations>$<salt>$<32 bytes in base64>`, as Django stores it. */
const SHAPE = /^pbkdf2_sha256\$([1-9]\d{0,6})\$([^$]{1,128})\$([A-Za-z0-9+/]{43}=)$/;

/** About a second of work; Django's own default passes one million in its current releases. */
const MOST_ITERATIONS = 2_000_000;

interface DjangoHash {
  readonly iterations: number;
  readonly salt: string;
  readonly digest: Buffer;
}

/** PBKDF2 with HMAC-SHA-256 in Django's form; the salt is text, used as it stands. */
export class DjangoPbkdf2Verifier implements Verifier {
  recognises(hash: string): boolean {
    return parse(hash) !== null;
  }

  async verify(hash: string, password: string): Promise<boolean> {
    const found = parse(hash);
    if (found === null) return false;
    const computed = await derive(password, found.salt, found.iterations, found.digest.length, 'sha256');
    return timingSafeEqual(computed, found.digest);
  }
}

function parse(hash: string): DjangoHash | null {
  const [, iterations, salt, digest] = SHAPE.exec(hash) ?? [];
  if (!iterations || !salt || !digest || Number(iterations) > MOST_ITERATIONS) return null;
  return { iterations: Number(iterations), salt, digest: Buffer.from(digest, 'base64') };
}
