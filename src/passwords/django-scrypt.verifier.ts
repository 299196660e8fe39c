import { isOfScrypt, scryptHash, type ScryptHash } from './scrypt.js';
import type { Verifier } from './verifier.js';

/** `scrypt$<N>$<salt>$<r>$<p>$<64 bytes in base64>`, as Django stores it; the salt is text, used as it stands. */
const SHAPE =
  /^scrypt\$([1-9]\d{0,7})\$([^$]{1,128})\$([1-9]\d{0,5})\$([1-9]\d{0,5})\$([A-Za-z0-9+/]{86}==)$/;

/** scrypt in Django's form. */
export class DjangoScryptVerifier implements Verifier {
  recognises(hash: string): boolean {
    return parse(hash) !== null;
  }

  async verify(hash: string, password: string): Promise<boolean> {
    const found = parse(hash);
    return found !== null && (await isOfScrypt(found, password));
  }
}

function parse(hash: string): ScryptHash | null {
  const [, n, salt, r, p, digest] = SHAPE.exec(hash) ?? [];
  if (!n || !salt || !r || !p || !digest) return null;
  return scryptHash({
    n: Number(n),
    r: Number(r),
    p: Number(p),
    salt: Buffer.from(salt),
    digest: Buffer.from(digest, 'base64'),
  });
}
