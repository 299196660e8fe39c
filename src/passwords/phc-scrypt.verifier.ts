import { isOfScrypt, scryptHash, type ScryptHash } from './scrypt.js';
import type { Verifier } from './verifier.js';

/** `$scrypt$ln=<log2 of N>,r=<r>,p=<p>$<salt>$<digest>`, both in base64 without padding. */
const SHAPE =
  /^\$scrypt\$ln=([1-9]\d?),r=([1-9]\d{0,5}),p=([1-9]\d{0,5})\$([A-Za-z0-9+/]{1,128})\$([A-Za-z0-9+/]{22,86})$/;

/** scrypt in PHC form, as passlib and others write it. */
export class PhcScryptVerifier implements Verifier {
  recognises(hash: string): boolean {
    return parse(hash) !== null;
  }

  async verify(hash: string, password: string): Promise<boolean> {
    const found = parse(hash);
    return found !== null && (await isOfScrypt(found, password));
  }
}

function parse(hash: string): ScryptHash | null {
  const [, ln, r, p, salt, digest] = SHAPE.exec(hash) ?? [];
  if (!ln || !r || !p || !salt || !digest) return null;
  return scryptHash({
    n: 2 ** Number(ln),
    r: Number(r),
    p: Number(p),
    salt: Buffer.from(salt, 'base64'),
    digest: Buffer.from(digest, 'base64'),
  });
}
