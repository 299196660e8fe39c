import { isOfPbkdf2, pbkdf2Hash, type Pbkdf2Digest, type Pbkdf2Hash } from './pbkdf2.js';
import type { Verifier } from './verifier.js';

/** `pbkdf2_sha256$<iterations>$<salt>$<32 bytes in base64>`, as Django stores it; with SHA-1 20 bytes. */
const SHAPE =
  /^pbkdf2_(sha1|sha256)\$([1-9]\d{0,6})\$([^$]{1,128})\$([A-Za-z0-9+/]{27}=|[A-Za-z0-9+/]{43}=)$/;

/** PBKDF2 with HMAC-SHA-256 or HMAC-SHA-1 in Django's form. */
export class DjangoPbkdf2Verifier implements Verifier {
  recognises(hash: string): boolean {
    return parse(hash) !== null;
  }

  async verify(hash: string, password: string): Promise<boolean> {
    const found = parse(hash);
    return found !== null && (await isOfPbkdf2(found, password));
  }
}

function parse(hash: string): Pbkdf2Hash | null {
  const [, name, iterations, salt, digest] = SHAPE.exec(hash) ?? [];
  if (!name || !iterations || !salt || !digest) return null;
  return pbkdf2Hash({
    name: name as Pbkdf2Digest,
    iterations: Number(iterations),
    salt,
    digest: Buffer.from(digest, 'base64'),
  });
}
