import { hash, randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { KeyRing } from '../secrets/key-ring.js';

const PURPOSE = 'refresh successor';
const BYTES = 64;

/**
 * Refresh tokens: 128 hex digits, as 003 shows them. The first of a session is random; each further one
 * follows from the one before by an HMAC under `SECRET_KEY`, so that every node finds the same
 * successor and none has to store it (contract 4.4).
 */
@Injectable()
export class RefreshTokens {
  constructor(private readonly keyRing: KeyRing) {}

  first(): string {
    return randomBytes(BYTES).toString('hex');
  }

  successorOf(token: string): string {
    return spread(this.keyRing.mac(PURPOSE, token));
  }

  /** The successor under every key, so that a rotated `SECRET_KEY` does not lose one given before. */
  successorsOf(token: string): readonly string[] {
    return this.keyRing.macs(PURPOSE, token).map(spread);
  }
}

function spread(mac: string): string {
  return hash('sha512', mac, 'hex');
}
