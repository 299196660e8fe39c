import { Injectable } from '@nestjs/common';
import { KeyRing } from '../secrets/key-ring.js';
import type { ChainHead } from './audit-chain.repository.js';

const PURPOSE = 'audit head';

/** Why a head is not to be believed. */
export type HeadFault = 'head-missing' | 'head-key-unknown' | 'head-forged';

/** What makes the head of the chain genuine: an HMAC under SECRET_KEY, which the database does not hold. */
@Injectable()
export class ChainMacs {
  constructor(private readonly keyRing: KeyRing) {}

  /** The head at a place of the chain, under the newest key. */
  headAt(seq: number, hash: string): ChainHead {
    return { seq, hash, mac: this.keyRing.mac(PURPOSE, textOf({ seq, hash })) };
  }

  /** What is wrong with a head; null when it is genuine. One that was never moved has no HMAC yet. */
  faultOf(head: ChainHead | null): HeadFault | null {
    if (head === null) return 'head-missing';
    if (head.seq === 0 && head.hash === '' && head.mac === '') return null;
    if (this.keyRing.macs(PURPOSE, textOf(head)).includes(head.mac)) return null;
    return this.keyRing.knows(head.mac) ? 'head-forged' : 'head-key-unknown';
  }
}

function textOf({ seq, hash }: Pick<ChainHead, 'seq' | 'hash'>): string {
  return `${seq}:${hash}`;
}
