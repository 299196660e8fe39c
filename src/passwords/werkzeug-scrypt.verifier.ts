import { isOfScrypt, scryptHash, type ScryptHash } from './scrypt.js';
import type { Verifier } from './verifier.js';

/** `scrypt:<N>:<r>:<p>$<salt>$<64 bytes in hex>`, as werkzeug writes it; the salt is text, used as it stands. */
const SHAPE = /^scrypt:([1-9]\d{0,7}):([1-9]\d{0,5}):([1-9]\d{0,5})\$([^$]{1,128})\$([0-9a-f]{128})$/;

/** scrypt in the form of werkzeug, which Flask uses. */
export class WerkzeugScryptVerifier implements Verifier {
  recognises(hash: string): boolean {
    return parse(hash) !== null;
  }

  async verify(hash: string, password: string): Promise<boolean> {
    const found = parse(hash);
    return found !== null && (await isOfScrypt(found, password));
  }
}

function parse(hash: string): ScryptHash | null {
  const [, n, r, p, salt, digest] = SHAPE.exec(hash) ?? [];
  if (!n || !r || !p || !salt || !digest) return null;
  return scryptHash({
    n: Number(n),
    r: Number(r),
    p: Number(p),
    salt: Buffer.from(salt),
    digest: Buffer.from(digest, 'hex'),
  });
}
