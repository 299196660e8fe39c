import { Injectable } from '@nestjs/common';
import type { Tx } from '../database/db.js';
import { sql } from '../database/sql.js';

/** Sign-ins that wait for a second factor. */
@Injectable()
export class PendingSignInsRepository {
  /** Counts an attempt to complete one, before its code is looked at; false when there were `limit` already. */
  async countAttempt(tx: Tx, grantId: string, limit: number): Promise<boolean> {
    const rows = await tx.query(
      sql`UPDATE grants SET attempts = COALESCE(attempts, 0) + 1
          WHERE id = ${grantId} AND needs IS NOT NULL AND revoked_at IS NULL AND COALESCE(attempts, 0) < ${limit}
          RETURNING id`,
    );
    return rows.length > 0;
  }
}
