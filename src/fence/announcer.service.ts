import { Injectable } from '@nestjs/common';
import { Clock } from '../common/clock.js';
import type { Tx } from '../database/db.js';
import { FenceRepository } from './fence.repository.js';
import type { Subject } from './subject.js';

/** Announces what a unit of work changes about who may do what. */
@Injectable()
export class Announcer {
  private readonly pending = new WeakMap<Tx, Set<Subject>>();

  constructor(
    private readonly fence: FenceRepository,
    private readonly clock: Clock,
  ) {}

  /**
   * After the commit, no node honours a copy of `subject` on any request that starts later. The
   * changes are written last in the unit, so that the fence's row is locked for as short as can be
   * and always after every other row.
   */
  announce(tx: Tx, subject: Subject): void {
    const known = this.pending.get(tx);
    if (known) {
      known.add(subject);
      return;
    }
    const subjects = new Set([subject]);
    this.pending.set(tx, subjects);
    tx.beforeCommit(this, () => this.fence.append(tx, [...subjects], this.clock.now()));
  }
}
