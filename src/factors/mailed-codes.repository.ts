import { Injectable } from '@nestjs/common';
import type { Tx } from '../database/db.js';
import { join, sql } from '../database/sql.js';
import { MailedCodeEntity } from './mailed-code.entity.js';

/** Codes that were mailed, as HMACs. */
@Injectable()
export class MailedCodesRepository {
  async insert(tx: Tx, code: MailedCodeEntity): Promise<void> {
    await tx.manager.insert(MailedCodeEntity, code);
  }

  /**
   * Uses a code up in one statement: of any number that race, one is told true. None is as long as the
   * user has an authenticator app or a passkey, however he came by the code: a mail never stands in for
   * either.
   */
  async consume(
    tx: Tx,
    code: { grantId: string; userId: string; digests: readonly string[]; now: number },
  ): Promise<boolean> {
    const rows = await tx.query(
      sql`DELETE FROM mailed_codes
          WHERE grant_id = ${code.grantId} AND user_id = ${code.userId} AND digest IN (${join(code.digests)})
            AND expires_at > ${code.now} AND NOT EXISTS (
              SELECT 1 FROM totp_factors t WHERE t.user_id = ${code.userId} AND t.confirmed_at IS NOT NULL
            ) AND NOT EXISTS (SELECT 1 FROM passkeys p WHERE p.user_id = ${code.userId})
          RETURNING grant_id`,
    );
    return rows.length > 0;
  }

  /** Deletes up to `batch` codes that have expired; answers how many. */
  async purge(tx: Tx, now: number, batch: number): Promise<number> {
    const rows = await tx.query(
      sql`DELETE FROM mailed_codes WHERE grant_id IN (
            SELECT grant_id FROM mailed_codes WHERE expires_at <= ${now} ORDER BY expires_at LIMIT ${batch}
          ) RETURNING grant_id`,
    );
    return rows.length;
  }
}
