import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Clock } from '../common/clock.js';
import { sql } from './sql.js';
import { UnitOfWork } from './unit-of-work.js';

/** Leases: of all nodes on one database, one at a time does a named work. */
@Injectable()
export class Leases {
  private readonly holder = randomUUID();

  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /** True when this node has the lease for the next `ttl` ms; nobody else has it until then. */
  take(name: string, ttl: number): Promise<boolean> {
    const now = this.clock.now();
    return this.unitOfWork.run(async (tx) => {
      const rows = await tx.query(
        sql`INSERT INTO leases (name, holder, held_until) VALUES (${name}, ${this.holder}, ${now + ttl})
            ON CONFLICT (name) DO UPDATE SET holder = excluded.holder, held_until = excluded.held_until
            WHERE leases.held_until <= ${now} OR leases.holder = ${this.holder}
            RETURNING name`,
      );
      return rows.length > 0;
    });
  }
}
