import { Injectable } from '@nestjs/common';
import { Clock, DAY, HOUR } from '../common/clock.js';
import { ReportReader } from '../database/db.js';
import { FIGURES, KEPT, type Figure } from './figure.js';
import { PeriodInvalid } from './figures.errors.js';
import { FiguresRepository } from './figures.repository.js';

const LONGEST_BY_HOUR = 31 * DAY;

const NONE = Object.fromEntries(FIGURES.map((figure) => [figure, 0])) as Record<Figure, number>;

/** What was counted in the hour, or the day, that began at `at`. */
export type Counted = { readonly at: number } & Readonly<Record<Figure, number>>;

/** Figures in steps of equal length, none left out. Times in ms since 1970. */
export interface Series {
  readonly step: 'hour' | 'day';
  readonly items: readonly Counted[];
}

/** Reads figures; a few seconds may be missing from them. */
@Injectable()
export class ReadFigures {
  constructor(
    private readonly repository: FiguresRepository,
    private readonly reader: ReportReader,
    private readonly clock: Clock,
  ) {}

  /**
   * The figures of a period, the last 24 hours unless it is named: by the hour, by the day (UTC) where it
   * is longer than 31 days. The hours or days at its ends are there as a whole.
   * @throws PeriodInvalid
   */
  async of(period: { from: number | null; to: number | null }): Promise<Series> {
    const to = period.to ?? this.clock.now();
    const from = period.from ?? to - DAY;
    if (from >= to || to - from > KEPT) throw new PeriodInvalid();
    const step = to - from > LONGEST_BY_HOUR ? 'day' : 'hour';
    const length = step === 'day' ? DAY : HOUR;
    const begin = Math.floor(from / length) * length;
    const end = Math.ceil(to / length) * length;
    const counts =
      step === 'day'
        ? await this.repository.findDays(this.reader, begin, end)
        : await this.repository.findHours(this.reader, begin, end);
    const items = Array.from({ length: (end - begin) / length }, (_, index) => ({
      at: begin + index * length,
      ...NONE,
    }));
    for (const { at, figure, n } of counts) {
      const item = items[(at - begin) / length];
      if (item) item[figure] = n;
    }
    return { step, items };
  }
}
