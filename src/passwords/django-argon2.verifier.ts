import { Argon2Verifier } from './argon2.verifier.js';
import type { Verifier } from './verifier.js';

const PREFIX = 'argon2$';

/** Argon2 as Django stores it: `argon2` before the PHC form, as in `argon2$argon2id$v=19$…`. */
export class DjangoArgon2Verifier implements Verifier {
  constructor(private readonly argon2: Argon2Verifier) {}

  recognises(hash: string): boolean {
    return hash.startsWith(PREFIX) && this.argon2.recognises(phcOf(hash));
  }

  async verify(hash: string, password: string): Promise<boolean> {
    return this.recognises(hash) && (await this.argon2.verify(phcOf(hash), password));
  }
}

function phcOf(hash: string): string {
  return hash.slice(PREFIX.length - 1);
}
