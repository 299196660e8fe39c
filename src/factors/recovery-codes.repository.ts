import { Injectable } from '@nestjs/common';
import type { Db, Tx } from '../database/db.js';
import { sql } from '../database/sql.js';
import { RecoveryCodeEntity } from './recovery-code.entity.js';

/** Recovery codes, as digests. */
@Injectable()
export class RecoveryCodesRepository {
  /** Puts these in the place of all that the user had. */
  async replace(tx: Tx, userId: string, codes: readonly RecoveryCodeEntity[]): Promise<void> {
    await this.deleteAll(tx, userId);
    await tx.manager.insert(RecoveryCodeEntity, [...codes]);
  }

  async deleteAll(tx: Tx, userId: string): Promise<void> {
    await tx.execute(sql`DELETE FROM recovery_codes WHERE user_id = ${userId}`);
  }

  /** Deletes those of a user who has nothing left that they stand in for. */
  async deleteUnneeded(tx: Tx, userId: string): Promise<void> {
    await tx.execute(
      sql`DELETE FROM recovery_codes WHERE user_id = ${userId}
            AND NOT EXISTS (
              SELECT 1 FROM totp_factors t WHERE t.user_id = ${userId} AND t.confirmed_at IS NOT NULL
            )
            AND NOT EXISTS (SELECT 1 FROM passkeys p WHERE p.user_id = ${userId})`,
    );
  }

  /** Uses a code up in one statement: of any number that race, one is told true. */
  async consume(tx: Tx, userId: string, digest: string, now: number): Promise<boolean> {
    const rows = await tx.query(
      sql`UPDATE recovery_codes SET used_at = ${now}
          WHERE user_id = ${userId} AND digest = ${digest} AND used_at IS NULL RETURNING id`,
    );
    return rows.length > 0;
  }

  /** How many have not been used. */
  async countLeft(db: Db, userId: string): Promise<number> {
    const [row] = await db.query<{ n: number }>(
      sql`SELECT COUNT(*) AS n FROM recovery_codes WHERE user_id = ${userId} AND used_at IS NULL`,
    );
    return row?.n ?? 0;
  }
}
