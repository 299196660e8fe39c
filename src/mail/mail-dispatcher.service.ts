import {
  Injectable,
  Logger,
  type BeforeApplicationShutdown,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import { Clock, SECOND } from '../common/clock.js';
import { newId } from '../common/ids.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import { DeliveryCut, MailDelivery } from './mail-delivery.service.js';
import { MailTransport } from './mail-transport.js';
import { OutboxRepository, type LeasedMail } from './outbox.repository.js';

interface Flight {
  readonly abort: AbortController;
  readonly landed: Promise<void>;
  renewals: number;
}

const AT_ONCE = 5;
const LEASE = 20 * SECOND;
const RENEWED_EVERY = 5 * SECOND;
/** An attempt that takes longer than a minute is cut, and counts as failed. */
const MOST_RENEWALS = 12;
/** While mail waits, and while none does: another process may have written some. */
const BUSY_POLL = SECOND;
const IDLE_POLL = 5 * SECOND;
const GRACE = SECOND;
const LAST_RECORDS = 3 * SECOND;

/**
 * Sends what lies in the outbox: at once after a commit of this process, within seconds after one of
 * another or after a crash. At most five mails are on their way at a time; one that is refused or slow
 * holds up no other. While the server cannot be reached at all, one mail at a time tries it.
 */
@Injectable()
export class MailDispatcher implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger('Mail');
  private readonly holder = newId();
  private readonly flights = new Map<string, Flight>();
  private state: 'waiting' | 'running' | 'stopped' = 'waiting';
  private wokenAgain = false;
  private round: Promise<void> | null = null;
  private poll: NodeJS.Timeout | undefined;
  private renewal: NodeJS.Timeout | undefined;

  constructor(
    private readonly delivery: MailDelivery,
    private readonly transport: MailTransport,
    private readonly outbox: OutboxRepository,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  onApplicationBootstrap(): void {
    this.state = 'running';
    this.renewal = setInterval(() => void this.renewLeases(), RENEWED_EVERY).unref();
    this.wake();
  }

  /** Looks for due mail as soon as the caller is done. Does nothing before the start and after the end. */
  wake(): void {
    if (this.state !== 'running') return;
    this.wokenAgain = true;
    setImmediate(() => this.startRound());
  }

  /** Takes no more mail, cuts what hangs, and gives unsent mail back, within five seconds. */
  async beforeApplicationShutdown(): Promise<void> {
    this.state = 'stopped';
    clearTimeout(this.poll);
    clearInterval(this.renewal);
    const landed = this.allLanded();
    await settledWithin(landed, GRACE);
    for (const flight of this.flights.values()) flight.abort.abort(new DeliveryCut());
    this.transport.close();
    await settledWithin(landed, LAST_RECORDS);
  }

  private startRound(): void {
    if (this.round || this.state !== 'running') return;
    clearTimeout(this.poll);
    this.round = this.runRound().then((pause) => {
      this.round = null;
      if (this.state !== 'running') return;
      if (this.wokenAgain) this.startRound();
      else this.poll = setTimeout(() => this.startRound(), pause).unref();
    });
  }

  /** Leases and starts what is due; answers how long to wait before looking again. */
  private async runRound(): Promise<number> {
    this.wokenAgain = false;
    try {
      const now = this.clock.now();
      const dueAt = await this.outbox.findNextDueAt(now);
      if (dueAt === 'none') return IDLE_POLL;
      if (dueAt === 'held') return BUSY_POLL;
      if (dueAt > now) return Math.min(dueAt - now, BUSY_POLL);
      const free = (this.delivery.isReachable ? AT_ONCE : 1) - this.flights.size;
      if (free > 0) await this.leaseAndSend(now, free);
    } catch (error) {
      this.logger.warn(`The outbox cannot be read: ${(error as Error).message}`);
    }
    return BUSY_POLL;
  }

  private async leaseAndSend(now: number, limit: number): Promise<void> {
    const lease = { holder: this.holder, now, until: now + LEASE, limit };
    const mails = await this.unitOfWork.run((tx) => this.outbox.lease(tx, lease));
    // Its own lease may have run out while this process slept: it is on its way already.
    for (const mail of mails) if (!this.flights.has(mail.id)) this.launch(mail);
  }

  private launch(mail: LeasedMail): void {
    const abort = new AbortController();
    const landed = this.delivery.deliver(mail, this.holder, abort.signal).then(() => {
      this.flights.delete(mail.id);
      // While the server is away the next attempt waits for the poll.
      if (this.delivery.isReachable) this.wake();
    });
    this.flights.set(mail.id, { abort, landed, renewals: 0 });
    if (this.state === 'stopped') abort.abort(new DeliveryCut());
  }

  private async renewLeases(): Promise<void> {
    if (this.flights.size === 0) return;
    for (const flight of this.flights.values()) if (++flight.renewals > MOST_RENEWALS) flight.abort.abort();
    const until = this.clock.now() + LEASE;
    try {
      await this.unitOfWork.run((tx) => this.outbox.renew(tx, [...this.flights.keys()], this.holder, until));
    } catch (error) {
      this.logger.warn(`Leases of mails are not renewed: ${(error as Error).message}`);
    }
  }

  private async allLanded(): Promise<void> {
    await this.round;
    await Promise.all([...this.flights.values()].map((flight) => flight.landed));
  }
}

async function settledWithin(work: Promise<void>, patience: number): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, patience);
  });
  await Promise.race([work, late]);
  clearTimeout(timer);
}
