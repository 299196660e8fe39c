import { hash, randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { digestOf } from '../common/digest.js';
import { KeyRing } from '../secrets/key-ring.js';

const PREFIX = 'ghk_';
const RANDOM_BYTES = 20;
const CHECKSUM_DIGITS = 8;
const PURPOSE = 'chosen key';

/**
 * The secrets of permanent keys. One that we make is `ghk_`, 40 hex digits (160 random bits) and a
 * checksum of 8, so that scanners know it and a slip of the pen is told without the database. One that
 * a person chose may be weak: it is kept as an HMAC under `SECRET_KEY` (contract 3.2).
 */
@Injectable()
export class KeySecrets {
  constructor(private readonly keyRing: KeyRing) {}

  generate(): string {
    const body = PREFIX + randomBytes(RANDOM_BYTES).toString('hex');
    return body + checksumOf(body);
  }

  /** True for what begins like a key of ours; nobody may choose such a one. */
  looksGenerated(secret: string): boolean {
    return secret.startsWith(PREFIX);
  }

  /** What is stored of a secret. */
  digestOf(secret: string): string {
    return this.looksGenerated(secret) ? digestOf(secret) : this.keyRing.mac(PURPOSE, secret);
  }

  /** Every digest under which a secret may be stored; none for one that nobody can have been given. */
  digestsOf(secret: string): readonly string[] {
    if (!this.looksGenerated(secret)) return this.keyRing.macs(PURPOSE, secret);
    const body = secret.slice(0, -CHECKSUM_DIGITS);
    return secret === body + checksumOf(body) ? [digestOf(secret)] : [];
  }
}

function checksumOf(body: string): string {
  return hash('sha256', body, 'hex').slice(0, CHECKSUM_DIGITS);
}
