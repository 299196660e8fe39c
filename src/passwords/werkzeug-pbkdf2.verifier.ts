import { isOfPbkdf2, pbkdf2Hash, type Pbkdf2Digest, type Pbkdf2Hash } from './pbkdf2.js';
import type { Verifier } from './verifier.js';

/**
 * `pbkdf2:sha256:<iterations>$<salt>$<digest in hex>`, as werkzeug writes it. Without iterations the
 * number would be the one of the release that wrote it, which cannot be told: such a hash is not one of these.
 */
const SHAPE = /^pbkdf2:(sha1|sha256|sha512):([1-9]\d{0,6})\$([^$]{1,128})\$([0-9a-f]{40,128})$/;

/** PBKDF2 in the form of werkzeug, which Flask uses. */
export class WerkzeugPbkdf2Verifier implements Verifier {
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
  if (!name || !iterations || !salt || !digest || digest.length % 2 === 1) return null;
  return pbkdf2Hash({
    name: name as Pbkdf2Digest,
    iterations: Number(iterations),
    salt,
    digest: Buffer.from(digest, 'hex'),
  });
}
