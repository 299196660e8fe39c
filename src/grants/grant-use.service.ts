import {
  Injectable,
  Logger,
  type BeforeApplicationShutdown,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import { SECOND } from '../common/clock.js';
import { Config } from '../config/config.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import { Figures } from '../figures/figures.service.js';
import { GrantsRepository } from './grants.repository.js';
import { GuestSessionsRepository } from './guest-sessions.repository.js';

const BATCH = 500;

/**
 * When each grant, and each guest's session, was last used. Use counts at once in memory and is written later, so that a read
 * request writes nothing: every quarter of the idle time, 30 s at most, and on a graceful stop.
 */
@Injectable()
export class GrantUse implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger(GrantUse.name);
  private used = new Map<string, number>();
  private writing: ReadonlyMap<string, number> = new Map();
  private flushing: Promise<void> | null = null;
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly config: Config,
    private readonly repository: GrantsRepository,
    private readonly guests: GuestSessionsRepository,
    private readonly figures: Figures,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  onApplicationBootstrap(): void {
    const interval = Math.max(50, Math.min(this.config.sessions.idleTtl / 4, 30 * SECOND));
    this.timer = setInterval(() => void this.flush(), interval).unref();
  }

  async beforeApplicationShutdown(): Promise<void> {
    clearInterval(this.timer);
    await this.flushing;
    await this.flush();
  }

  /** Notes a use. */
  note(grantId: string, at: number): void {
    this.used.set(grantId, at);
  }

  /** The last use noted here that may not be written yet, or 0. */
  lastUseOf(grantId: string): number {
    return this.used.get(grantId) ?? this.writing.get(grantId) ?? 0;
  }

  /** Writes what was noted. What cannot be written is kept for the next time. */
  flush(): Promise<void> {
    return (this.flushing ??= this.write().finally(() => (this.flushing = null)));
  }

  private async write(): Promise<void> {
    this.writing = this.used;
    this.used = new Map();
    // In one order everywhere, so that two nodes writing the same grants do not lock each other out.
    const uses = [...this.writing].sort(([one], [other]) => (one < other ? -1 : 1));
    for (let start = 0; start < uses.length; start += BATCH) {
      const batch = uses.slice(start, start + BATCH);
      try {
        await this.unitOfWork.run(async (tx) => {
          const anew = await this.repository.touchAnew(tx, batch);
          await this.repository.touch(tx, batch);
          await this.guests.touch(tx, batch);
          tx.afterCommit(() => anew.forEach((at) => this.figures.note('sessions', at)));
        });
      } catch (error) {
        this.logger.warn(
          `The last use of ${batch.length} grants could not be written: ${(error as Error).message}`,
        );
        for (const [grantId, at] of batch) if (!this.used.has(grantId)) this.used.set(grantId, at);
      }
    }
    this.writing = new Map();
  }
}
