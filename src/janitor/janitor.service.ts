import {
  Injectable,
  Logger,
  type BeforeApplicationShutdown,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import { Clock, DAY, HOUR, MINUTE } from '../common/clock.js';
import { CollaboratorRightsRepository } from '../collaborators/collaborator-rights.repository.js';
import { CollaboratorsRepository } from '../collaborators/collaborators.repository.js';
import type { Tx } from '../database/db.js';
import { Leases } from '../database/leases.service.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import { FenceRepository } from '../fence/fence.repository.js';
import { GrantsRepository } from '../grants/grants.repository.js';
import { GuestSessionsRepository } from '../grants/guest-sessions.repository.js';
import { OutboxRepository } from '../mail/outbox.repository.js';
import { Media } from '../media/media.service.js';
import { OneTimeTokensRepository } from '../one-time-tokens/one-time-tokens.repository.js';
import { ProofsRepository } from '../social/openid/proofs.repository.js';
import { SignInAttemptsRepository } from '../social/sign-in-attempts.repository.js';

const BATCH = 1_000;
const INTERVAL = 10 * MINUTE;
const LEASE = 5 * MINUTE;

type Purge = (tx: Tx, now: number) => Promise<number>;

/**
 * Deletes rows that have come to their end (contract 3.16): sessions, credentials and collaborators
 * after 90 days, mailed tokens after 7, sent mail after 30, announced changes and files that no account
 * shows after an hour, unfinished sign-ins at a provider at once. One node at a time does it, a thousand
 * rows a unit of work, so that it never holds up a request for long.
 */
@Injectable()
export class Janitor implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger(Janitor.name);
  private timer: NodeJS.Timeout | undefined;
  private isStopping = false;
  private running: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly leases: Leases,
    private readonly unitOfWork: UnitOfWork,
    private readonly grants: GrantsRepository,
    private readonly guests: GuestSessionsRepository,
    private readonly collaborators: CollaboratorsRepository,
    private readonly rights: CollaboratorRightsRepository,
    private readonly tokens: OneTimeTokensRepository,
    private readonly outbox: OutboxRepository,
    private readonly attempts: SignInAttemptsRepository,
    private readonly proofs: ProofsRepository,
    private readonly fence: FenceRepository,
    private readonly media: Media,
    private readonly clock: Clock,
  ) {}

  onApplicationBootstrap(): void {
    this.timer = setInterval(() => void (this.running = this.tidy()), INTERVAL).unref();
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.isStopping = true;
    clearInterval(this.timer);
    await this.running;
  }

  /** One round over every table, if no other node is at it; answers how many rows and files went. */
  async tidy(): Promise<number> {
    try {
      if (!(await this.leases.take('janitor', LEASE))) return 0;
      let total = 0;
      for (const purge of this.purges()) {
        total += await this.drain(() => this.unitOfWork.run((tx) => purge(tx, this.clock.now())));
      }
      return total + (await this.drain(() => this.media.sweep(BATCH)));
    } catch (error) {
      this.logger.warn(`Tidying up failed and will be tried again: ${(error as Error).message}`);
      return 0;
    }
  }

  private purges(): readonly Purge[] {
    return [
      (tx, now) => this.grants.purge(tx, now - 90 * DAY, BATCH),
      (tx, now) => this.grants.purgeCredentials(tx, now - 90 * DAY, BATCH),
      (tx, now) => this.guests.purge(tx, now - 90 * DAY, BATCH),
      (tx, now) => this.rights.purge(tx, now, BATCH),
      (tx, now) => this.collaborators.purgeTokens(tx, now - 7 * DAY, BATCH),
      (tx, now) => this.collaborators.purge(tx, now - 90 * DAY, BATCH),
      (tx, now) => this.tokens.purge(tx, now - 7 * DAY, BATCH),
      (tx, now) => this.outbox.purge(tx, now, BATCH),
      (tx, now) => this.attempts.purge(tx, now, BATCH),
      (tx, now) => this.proofs.purge(tx, now, BATCH),
      (tx, now) => this.fence.purge(tx, now - HOUR, BATCH),
    ];
  }

  /** Repeats a batch until it finds no more. */
  private async drain(batch: () => Promise<number>): Promise<number> {
    let total = 0;
    while (!this.isStopping) {
      const deleted = await batch();
      total += deleted;
      if (deleted < BATCH) break;
      if (!(await this.leases.take('janitor', LEASE))) throw new Error('another node has taken it over');
    }
    return total;
  }
}
