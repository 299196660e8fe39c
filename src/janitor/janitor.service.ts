import {
  Injectable,
  Logger,
  type BeforeApplicationShutdown,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import { MINUTE } from '../common/clock.js';
import { Endings, type Ending } from '../database/endings.service.js';
import { Leases } from '../database/leases.service.js';

const BATCH = 1_000;
const INTERVAL = 10 * MINUTE;
const LEASE = 5 * MINUTE;

/**
 * Deletes what has come to its end (contract 3.16), as each module says of its own. One node at a time
 * does it, a thousand rows a unit of work, so that it never holds up a request for long.
 */
@Injectable()
export class Janitor implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger(Janitor.name);
  private timer: NodeJS.Timeout | undefined;
  private isStopping = false;
  private running: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly leases: Leases,
    private readonly endings: Endings,
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
      for (const ending of this.endings.all()) total += await this.drain(ending);
      return total;
    } catch (error) {
      this.logger.warn(`Tidying up failed and will be tried again: ${(error as Error).message}`);
      return 0;
    }
  }

  /** Repeats a batch until it finds no more. */
  private async drain(ending: Ending): Promise<number> {
    let total = 0;
    while (!this.isStopping) {
      const deleted = await ending(BATCH);
      total += deleted;
      if (deleted < BATCH) break;
      if (!(await this.leases.take('janitor', LEASE))) throw new Error('another node has taken it over');
    }
    return total;
  }
}
