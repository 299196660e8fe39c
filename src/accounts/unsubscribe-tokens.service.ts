import { timingSafeEqual } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { isUuidShaped } from '../common/ids.js';
import { KeyRing } from '../secrets/key-ring.js';

const PURPOSE = 'unsubscribe';

/** Tokens that can unsubscribe one user from notifications, again and again, and nothing else (contract 3.7). */
@Injectable()
export class UnsubscribeTokens {
  constructor(private readonly keyRing: KeyRing) {}

  /** `<user id>.<key id>.<HMAC>`: nothing is stored of it. */
  of(userId: string): string {
    return `${userId}.${this.keyRing.mac(PURPOSE, userId)}`;
  }

  /** The user whom a token stands for, or null; compared in constant time. */
  read(token: string): string | null {
    const [userId = '', ...mac] = token.split('.');
    if (!isUuidShaped(userId)) return null;
    const given = Buffer.from(mac.join('.'));
    const isHis = this.keyRing.macs(PURPOSE, userId).some((expected) => {
      const bytes = Buffer.from(expected);
      return bytes.length === given.length && timingSafeEqual(bytes, given);
    });
    return isHis ? userId : null;
  }
}
