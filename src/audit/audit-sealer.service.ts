import {
  Injectable,
  Logger,
  type BeforeApplicationShutdown,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import { SECOND } from '../common/clock.js';
import { Reader, type Tx } from '../database/db.js';
import { Leases } from '../database/leases.service.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import { sealHash, type AuditEvent, type AuditSeal } from './audit-event.js';
import { AuditChainRepository, type ChainHead } from './audit-chain.repository.js';
import { ChainMacs } from './chain-macs.service.js';

const BATCH = 200;
const MOST_BATCHES = 50;
/** So short that what another process's end leaves behind never delays a seal beyond two seconds. */
const LEASE = SECOND;
const INTERVAL = SECOND;
/** What is committed together in busy times is sealed together. */
const PAUSE = 200;

/**
 * Chains the events of the audit trail within two seconds of their commit, so that no writer waits for
 * another at the end of a chain. Events are chained as they become visible; one node at a time does it,
 * and the lock on the head keeps the chain one even where two believe that it is theirs to do.
 */
@Injectable()
export class AuditSealer implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger(AuditSealer.name);
  private timer: NodeJS.Timeout | undefined;
  private due: NodeJS.Timeout | null = null;
  private isStopping = false;
  private hasToldOfHead = false;
  private running: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly chain: AuditChainRepository,
    private readonly macs: ChainMacs,
    private readonly leases: Leases,
    private readonly reader: Reader,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  onApplicationBootstrap(): void {
    // Also for what other processes have written, the command line above all.
    this.timer = setInterval(() => this.wake(), INTERVAL).unref();
  }

  /** What is written until then is sealed; what comes later is left to others, or to the next start. */
  async beforeApplicationShutdown(): Promise<void> {
    this.isStopping = true;
    clearInterval(this.timer);
    if (this.due) clearTimeout(this.due);
    await this.seal();
  }

  /** Has what is pending sealed in a moment. */
  wake(): void {
    if (this.isStopping || this.due) return;
    this.due = setTimeout(() => {
      this.due = null;
      void this.seal();
    }, PAUSE).unref();
  }

  /** Seals what is pending, unless another node is at it; answers how many events it sealed. Never throws. */
  seal(): Promise<number> {
    const turn = this.running.then(() => this.drain());
    this.running = turn;
    return turn;
  }

  private async drain(): Promise<number> {
    let total = 0;
    try {
      if (!(await this.chain.hasPending(this.reader))) return 0;
      for (let batches = 0; batches < MOST_BATCHES; batches++) {
        if (!(await this.leases.take('audit-sealer', LEASE))) break;
        const sealed = await this.sealBatch();
        total += sealed;
        if (sealed < BATCH) return total;
      }
      this.wake();
    } catch (error) {
      this.logger.warn(`Sealing the audit trail failed and will be tried again: ${(error as Error).message}`);
    }
    return total;
  }

  private sealBatch(): Promise<number> {
    return this.unitOfWork.run(async (tx) => {
      const head = await this.soundHead(tx);
      if (!head) return 0;
      const events = await this.chain.findPending(tx, BATCH);
      const { seals, newHead } = this.sealed(head, events);
      if (seals.length > 0) await this.chain.append(tx, seals, newHead);
      return seals.length;
    });
  }

  /**
   * Seals events, at least one, in the unit of work that writes them; answers false, with nothing done,
   * where the trail is not sealed any more. For very many at once, which would wait for their turn for
   * long. Every other sealer waits for the end of the unit, so it is the last thing in it.
   */
  async sealNow(tx: Tx, events: readonly AuditEvent[]): Promise<boolean> {
    const head = await this.soundHead(tx);
    if (!head) return false;
    const { seals, newHead } = this.sealed(head, events);
    await this.chain.appendNew(tx, seals, newHead);
    return true;
  }

  /** The head, which nobody else moves until the unit ends; null, told once, where it is not to be believed. */
  private async soundHead(tx: Tx): Promise<ChainHead | null> {
    const head = await this.chain.headForUpdate(tx);
    const fault = this.macs.faultOf(head);
    // Going on would make a cut or forged chain genuine.
    if (head === null || fault !== null) this.tellOf(fault ?? 'head-missing');
    return fault === null ? head : null;
  }

  private sealed(
    head: ChainHead,
    events: readonly AuditEvent[],
  ): { seals: readonly AuditSeal[]; newHead: ChainHead } {
    let { seq, hash } = head;
    const seals = events.map((event) => {
      hash = sealHash(hash, event);
      seq += 1;
      return { seq, eventId: event.id, hash };
    });
    return { seals, newHead: this.macs.headAt(seq, hash) };
  }

  private tellOf(fault: string): void {
    if (!this.hasToldOfHead) {
      this.logger.error(`The audit trail is not sealed any more (${fault}): run gatehouse audit verify`);
    }
    this.hasToldOfHead = true;
  }
}
