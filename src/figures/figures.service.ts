import { Injectable, Logger, type OnApplicationBootstrap } from '@nestjs/common';
import { Clock, SECOND } from '../common/clock.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import { hourOf, type Figure } from './figure.js';
import { FiguresRepository } from './figures.repository.js';

const INTERVAL = 5 * SECOND;

type Counts = Map<number, Map<Figure, number>>;

/**
 * Counts what happens, by the hour. Counts are kept in memory and added to the database every five
 * seconds and when the process stops, so that nothing that is counted waits for a row that everybody
 * writes. A process that is killed loses the figures of its last seconds, and nothing else.
 */
@Injectable()
export class Figures implements OnApplicationBootstrap {
  private readonly logger = new Logger(Figures.name);
  private noted: Counts = new Map();
  private flushing: Promise<void> | null = null;
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly repository: FiguresRepository,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  onApplicationBootstrap(): void {
    this.timer = setInterval(() => void this.flush(), INTERVAL).unref();
  }

  /** For the end of the process: what was noted until then is in the database. */
  async stop(): Promise<void> {
    clearInterval(this.timer);
    await this.flushing;
    await this.flush();
  }

  /** Counts one of `figure`, now or in the hour of `at`. */
  note(figure: Figure, at: number = this.clock.now()): void {
    add(this.noted, hourOf(at), figure, 1);
  }

  /** Adds what was noted to the database. What cannot be added is kept for the next time. Never rejects. */
  flush(): Promise<void> {
    return (this.flushing ??= this.write().finally(() => (this.flushing = null)));
  }

  private async write(): Promise<void> {
    if (this.noted.size === 0) return;
    const writing = this.noted;
    this.noted = new Map();
    const counts = [...writing].flatMap(([at, figures]) =>
      [...figures].map(([figure, n]) => ({ at, figure, n })),
    );
    try {
      await this.unitOfWork.run((tx) => this.repository.add(tx, counts));
    } catch (error) {
      this.logger.warn(`Figures could not be written and are kept: ${(error as Error).message}`);
      for (const { at, figure, n } of counts) add(this.noted, at, figure, n);
    }
  }
}

function add(counts: Counts, hour: number, figure: Figure, n: number): void {
  const figures = counts.get(hour) ?? new Map<Figure, number>();
  counts.set(hour, figures);
  figures.set(figure, (figures.get(figure) ?? 0) + n);
}
