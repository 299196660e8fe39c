import { Injectable } from '@nestjs/common';
import { Clock } from '../common/clock.js';
import type { Level } from '../common/levels.js';
import type { Db, Tx } from '../database/db.js';
import { FactorPolicyRepository } from './factor-policy.repository.js';

/** From which level on users must have a second factor, as administrators have decided. */
@Injectable()
export class FactorPolicy {
  constructor(
    private readonly repository: FactorPolicyRepository,
    private readonly clock: Clock,
  ) {}

  /** Users of this level and above must have one; null is nobody. */
  requiredFrom(db: Db): Promise<Level | null> {
    return this.repository.requiredFrom(db);
  }

  /** The same for who is about to decide; nobody else does until this unit of work has ended. */
  requiredFromForUpdate(tx: Tx): Promise<Level | null> {
    return this.repository.requiredFromForUpdate(tx, this.clock.now());
  }

  /** Counts from the next sign-in on; sessions and keys that there are go on. To be called after `requiredFromForUpdate`. */
  async require(tx: Tx, level: Level | null): Promise<void> {
    await this.repository.save(tx, level, this.clock.now());
  }
}
