import { Injectable } from '@nestjs/common';
import { KeyRing } from '../secrets/key-ring.js';

/** Keeps the secrets of authenticator apps readable for us alone: each opens only in its user's row. */
@Injectable()
export class TotpSecrets {
  constructor(private readonly keys: KeyRing) {}

  seal(userId: string, secret: string): string {
    return this.keys.seal(secret, placeOf(userId));
  }

  open(userId: string, sealed: string): string {
    return this.keys.open(sealed, placeOf(userId));
  }

  /** The same secret under the newest key; null where it is so already. */
  renewed(userId: string, sealed: string): string | null {
    return this.keys.isOutdated(sealed) ? this.seal(userId, this.open(userId, sealed)) : null;
  }
}

const placeOf = (userId: string) => `totp_factors:secret:${userId}`;
