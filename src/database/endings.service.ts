import { Injectable } from '@nestjs/common';
import { Clock } from '../common/clock.js';
import type { Tx } from './db.js';
import { UnitOfWork } from './unit-of-work.js';

/** Deletes at most `batch` of what has come to its end; answers how many went. */
export type Ending = (batch: number) => Promise<number>;

/** What ends, and when: each module says it of its own, once, at start. Whoever tidies up carries it out. */
@Injectable()
export class Endings {
  private readonly known: Ending[] = [];

  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  add(ending: Ending): void {
    this.known.push(ending);
  }

  /** The same for rows: each batch is a unit of work of its own. `now` in ms since 1970. */
  addRows(purge: (tx: Tx, now: number, batch: number) => Promise<number>): void {
    this.add((batch) => this.unitOfWork.run((tx) => purge(tx, this.clock.now(), batch)));
  }

  all(): readonly Ending[] {
    return this.known;
  }
}
