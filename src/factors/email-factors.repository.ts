import { Injectable } from '@nestjs/common';
import type { Db, Tx } from '../database/db.js';
import { sql } from '../database/sql.js';
import { countedAttempt } from './attempt-lock.js';

/** Codes by e-mail that a user asked for. Times in ms since 1970. */
export interface EmailFactor {
  readonly address: string;
  readonly enabledAt: number;
}

interface FactorRow {
  address: string;
  enabled_at: number;
}

/** Who asked for codes by e-mail, and the attempts at them. */
@Injectable()
export class EmailFactorsRepository {
  /** Has codes go to this address from now on; answers whether that is anything new. */
  async enable(tx: Tx, factor: { userId: string; address: string; now: number }): Promise<boolean> {
    const rows = await tx.query(
      sql`INSERT INTO email_factors (user_id, address, enabled_at, attempts, attempted_at, locked_until)
          VALUES (${factor.userId}, ${factor.address}, ${factor.now}, 0, 0, 0)
          ON CONFLICT (user_id) DO UPDATE SET address = excluded.address, enabled_at = excluded.enabled_at
          WHERE email_factors.enabled_at IS NULL OR email_factors.address <> excluded.address
          RETURNING user_id`,
    );
    return rows.length > 0;
  }

  /** Has no codes asked for any more, and keeps the attempts; answers whether they were. */
  async disable(tx: Tx, userId: string): Promise<boolean> {
    const rows = await tx.query(
      sql`UPDATE email_factors SET address = NULL, enabled_at = NULL
          WHERE user_id = ${userId} AND enabled_at IS NOT NULL RETURNING user_id`,
    );
    return rows.length > 0;
  }

  async find(db: Db, userId: string): Promise<EmailFactor | null> {
    const [row] = await db.query<FactorRow>(
      sql`SELECT address, enabled_at FROM email_factors
          WHERE user_id = ${userId} AND enabled_at IS NOT NULL AND address IS NOT NULL`,
    );
    return row ? { address: row.address, enabledAt: row.enabled_at } : null;
  }

  /** Has codes go to the user's present address, if he asked for codes and it is confirmed. */
  async followAddress(tx: Tx, userId: string): Promise<void> {
    await tx.execute(
      sql`UPDATE email_factors SET address = u.email FROM users u
          WHERE u.id = email_factors.user_id AND u.id = ${userId} AND u.email IS NOT NULL
            AND u.email_confirmed_at IS NOT NULL AND email_factors.enabled_at IS NOT NULL`,
    );
  }

  /** Counts an attempt before anything is looked at; false while the user's codes are locked. */
  async countAttempt(tx: Tx, userId: string, now: number): Promise<boolean> {
    const rows = await tx.query(
      sql`INSERT INTO email_factors (user_id, address, enabled_at, attempts, attempted_at, locked_until)
          VALUES (${userId}, NULL, NULL, 1, ${now}, 0)
          ON CONFLICT (user_id) DO UPDATE SET ${countedAttempt(sql`email_factors`, now)}
          WHERE email_factors.locked_until <= ${now} RETURNING user_id`,
    );
    return rows.length > 0;
  }

  /** Until when no code of the user is looked at; 0 when they are not locked. */
  async lockedUntil(db: Db, userId: string): Promise<number> {
    const [row] = await db.query<{ locked_until: number }>(
      sql`SELECT locked_until FROM email_factors WHERE user_id = ${userId}`,
    );
    return row?.locked_until ?? 0;
  }

  async forgetAttempts(tx: Tx, userId: string): Promise<void> {
    await tx.execute(sql`UPDATE email_factors SET attempts = 0, locked_until = 0 WHERE user_id = ${userId}`);
  }
}
