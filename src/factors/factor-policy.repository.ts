import { Injectable } from '@nestjs/common';
import type { Level } from '../common/levels.js';
import type { Db, Tx } from '../database/db.js';
import { sql } from '../database/sql.js';

const ONLY_ROW = 1;

/** The one row that says who must have a second factor. */
@Injectable()
export class FactorPolicyRepository {
  async requiredFrom(db: Db): Promise<Level | null> {
    const [row] = await db.query<{ required_from: Level | null }>(
      sql`SELECT required_from FROM factor_policy WHERE id = ${ONLY_ROW}`,
    );
    return row?.required_from ?? null;
  }

  /** The same, with every other writer waiting until this unit of work has ended. */
  async requiredFromForUpdate(tx: Tx, now: number): Promise<Level | null> {
    const [row] = await tx.query<{ required_from: Level | null }>(
      sql`INSERT INTO factor_policy (id, required_from, updated_at) VALUES (${ONLY_ROW}, NULL, ${now})
          ON CONFLICT (id) DO UPDATE SET updated_at = factor_policy.updated_at RETURNING required_from`,
    );
    return row?.required_from ?? null;
  }

  async save(tx: Tx, level: Level | null, now: number): Promise<void> {
    await tx.execute(
      sql`UPDATE factor_policy SET required_from = ${level}, updated_at = ${now} WHERE id = ${ONLY_ROW}`,
    );
  }
}
