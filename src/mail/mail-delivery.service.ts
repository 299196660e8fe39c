import { setTimeout as delay } from 'node:timers/promises';
import { Injectable, Logger } from '@nestjs/common';
import { Clock } from '../common/clock.js';
import type { Tx } from '../database/db.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import { Figures } from '../figures/figures.service.js';
import { KeyRing } from '../secrets/key-ring.js';
import { afterFailure } from './mail-backoff.js';
import { describeFault, isUnreachable } from './mail-fault.js';
import { MailTransport } from './mail-transport.js';
import { openContent } from './outbox-content.js';
import { OutboxRepository, type LeasedMail } from './outbox.repository.js';

/** The reason with which an attempt is aborted because the process stops: the mail is not to blame. */
export class DeliveryCut extends Error {
  constructor() {
    super('The process stops');
    this.name = 'DeliveryCut';
  }
}

const RECORD_RETRIES = 5;

/** One attempt to send one leased mail, and the record of how it ended. */
@Injectable()
export class MailDelivery {
  private readonly logger = new Logger('Mail');
  private reachable = true;

  constructor(
    private readonly transport: MailTransport,
    private readonly outbox: OutboxRepository,
    private readonly unitOfWork: UnitOfWork,
    private readonly keys: KeyRing,
    private readonly clock: Clock,
    private readonly figures: Figures,
  ) {}

  /** False while the last attempt failed before the server had heard of its mail. */
  get isReachable(): boolean {
    return this.reachable;
  }

  /**
   * Sends `mail`, which `holder` has leased, and records it; never rejects. Whatever is not recorded
   * as sent is sent again, by this process or another. Nothing of the mail but its id and kind is logged.
   */
  async deliver(mail: LeasedMail, holder: string, signal: AbortSignal): Promise<void> {
    const startedAt = this.clock.now();
    try {
      await this.transport.send({ ...mail, ...openContent(this.keys, mail.id, mail.content) }, signal);
    } catch (error) {
      if (!(signal.reason instanceof DeliveryCut)) return this.failed(mail, holder, startedAt, error);
      return this.record((tx) => this.outbox.release(tx, [mail.id], holder));
    }
    this.noteReachable(null);
    await this.record(async (tx) => {
      await this.outbox.markSent(tx, mail.id, this.clock.now());
      tx.afterCommit(() => this.figures.note('mailsSent'));
    });
  }

  private async failed(mail: LeasedMail, holder: string, startedAt: number, error: unknown): Promise<void> {
    const now = this.clock.now();
    const fault = describeFault(error);
    const isServersFault = isUnreachable(error);
    this.noteReachable(isServersFault ? fault : null);
    const next = afterFailure({ createdAt: mail.createdAt, startedAt, now, attempts: mail.attempts + 1 });
    const name = `Mail ${mail.id} (${mail.kind})`;
    if (next.state === 'dead') this.logger.error(`${name} is given up after 24 h: ${fault}`);
    else if (!isServersFault) this.logger.warn(`${name} was not taken: ${fault}`);
    await this.record(async (tx) => {
      await this.outbox.markFailed(tx, { id: mail.id, holder, ...next, error: fault });
      tx.afterCommit(() => {
        this.figures.note('mailsFailed');
        if (next.state === 'dead') this.figures.note('mailsDead');
      });
    });
  }

  /** Logs the change only: a server that is away for an hour is two lines. */
  private noteReachable(fault: string | null): void {
    if (this.reachable && fault !== null) this.logger.warn(`The mail server cannot be reached: ${fault}`);
    if (!this.reachable && fault === null) this.logger.log('The mail server can be reached again');
    this.reachable = fault === null;
  }

  /** Insists for three seconds: a mail whose sending is not recorded is sent a second time. */
  private async record(write: (tx: Tx) => Promise<void>): Promise<void> {
    for (let retry = 0; ; retry++) {
      try {
        return await this.unitOfWork.run(write);
      } catch (error) {
        if (retry === RECORD_RETRIES) {
          return this.logger.error(`What became of a mail is not recorded: ${(error as Error).message}`);
        }
        await delay(100 * 2 ** retry);
      }
    }
  }
}
