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

  /** Counts from the next sign-in on; sessions and keys that there are go on. Answers whether it changes anything. */
  require(tx: Tx, level: Level | null): Promise<boolean> {
    return this.repository.require(tx, level, this.clock.now());
  }
}
