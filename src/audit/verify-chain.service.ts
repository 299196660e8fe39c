import { Injectable } from '@nestjs/common';
import { Clock, SECOND } from '../common/clock.js';
import { Reader } from '../database/db.js';
import { AuditChainRepository, type ChainHead } from './audit-chain.repository.js';
import { sealHash } from './audit-event.js';
import { ChainMacs, type HeadFault } from './chain-macs.service.js';

const BATCH = 1_000;
const MOST_TOLD = 20;
/** How long an event may wait for its seal. */
const PATIENCE = 10 * SECOND;

/** What is wrong, at which place of the chain and with which event, where that can be told. */
export interface ChainFault {
  readonly fault:
    | HeadFault
    | 'seal-missing'
    | 'seals-beyond-head'
    | 'event-missing'
    | 'event-changed'
    | 'event-inserted'
    | 'event-unsealed';
  readonly seq: number | null;
  readonly eventId: string | null;
}

/** `seq` and `hash` are those of the newest seal: who keeps them elsewhere can compare them later. */
export interface ChainReport {
  readonly holds: boolean;
  readonly seq: number;
  readonly hash: string;
  readonly faults: readonly ChainFault[];
}

/** Looks whether the audit trail is as it was written. Changes nothing. */
@Injectable()
export class VerifyChain {
  constructor(
    private readonly chain: AuditChainRepository,
    private readonly macs: ChainMacs,
    private readonly reader: Reader,
    private readonly clock: Clock,
  ) {}

  /**
   * Walks the whole chain, also while it grows. Told are the first seal that does not fit, a head that
   * is not genuine or that seals have outgrown, and up to 20 events that are gone before they were
   * sealed, were never recorded, or wait for a seal for more than 10 s.
   */
  async verify(): Promise<ChainReport> {
    const head = await this.chain.findHead(this.reader);
    const headFault = this.macs.faultOf(head);
    const faults: ChainFault[] = headFault === null ? [] : [{ fault: headFault, seq: null, eventId: null }];
    const { seq, hash } = head ?? { seq: 0, hash: '' };
    const broken = await this.firstBreak({ seq, hash });
    if (broken && broken.fault !== headFault) faults.push(broken);
    if (await this.chain.hasSealsBeyondHead(this.reader)) {
      faults.push({ fault: 'seals-beyond-head', seq: seq + 1, eventId: null });
    }
    for (const eventId of await this.chain.findPendingWithoutEvent(this.reader, MOST_TOLD)) {
      faults.push({ fault: 'event-missing', seq: null, eventId });
    }
    faults.push(...(await this.unsealed()));
    return { holds: faults.length === 0, seq, hash, faults };
  }

  private async firstBreak(head: Pick<ChainHead, 'seq' | 'hash'>): Promise<ChainFault | null> {
    let seq = 0;
    let hash = '';
    while (seq < head.seq) {
      const seals = await this.chain.findSealsAfter(this.reader, seq, Math.min(BATCH, head.seq - seq));
      if (seals.length === 0) return { fault: 'seal-missing', seq: seq + 1, eventId: null };
      for (const seal of seals) {
        seq += 1;
        if (seal.seq !== seq) return { fault: 'seal-missing', seq, eventId: null };
        const { eventId, event } = seal;
        if (event === null) return { fault: 'event-missing', seq, eventId };
        hash = sealHash(hash, event);
        if (hash !== seal.hash) return { fault: 'event-changed', seq, eventId };
      }
    }
    return hash === head.hash ? null : { fault: 'head-forged', seq, eventId: null };
  }

  private async unsealed(): Promise<ChainFault[]> {
    const faults: ChainFault[] = [];
    const latest = this.clock.now() - PATIENCE;
    for (let afterId: string | null = ''; afterId !== null && faults.length < MOST_TOLD;) {
      const { unsealed, lastId } = await this.chain.findUnsealed(this.reader, afterId, BATCH);
      for (const { id, at, isPending } of unsealed) {
        if (!isPending) faults.push({ fault: 'event-inserted', seq: null, eventId: id });
        else if (at < latest) faults.push({ fault: 'event-unsealed', seq: null, eventId: id });
      }
      afterId = lastId;
    }
    return faults.slice(0, MOST_TOLD);
  }
}
