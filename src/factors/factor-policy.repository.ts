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

  /** Answers whether that is another level than before. */
  async require(tx: Tx, level: Level | null, now: number): Promise<boolean> {
    const rows = await tx.query(
      sql`INSERT INTO factor_policy (id, required_from, updated_at) VALUES (${ONLY_ROW}, ${level}, ${now})
          ON CONFLICT (id) DO UPDATE SET required_from = excluded.required_from, updated_at = excluded.updated_at
          WHERE COALESCE(factor_policy.required_from, '') <> COALESCE(excluded.required_from, '') RETURNING id`,
    );
    return rows.length > 0;
  }
}
