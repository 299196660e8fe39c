import { Injectable } from '@nestjs/common';
import type { Db, Tx } from '../database/db.js';
import { sql } from '../database/sql.js';
import { countedAttempt } from './attempt-lock.js';
import type { CountedAttempt } from './totp-factor.js';

/** Before any code was used. */
const NO_STEP = -1;

interface AttemptRow {
  user_id: string;
  secret: string;
  last_step: number;
}

/** Authenticator apps. */
@Injectable()
export class TotpFactorsRepository {
  /** Puts a secret there that waits to be confirmed, instead of one that waited; false when one is confirmed. */
  async begin(tx: Tx, factor: { userId: string; secret: string; now: number }): Promise<boolean> {
    const rows = await tx.query(
      sql`INSERT INTO totp_factors (user_id, secret, created_at, confirmed_at, last_step, attempts, attempted_at, locked_until)
          VALUES (${factor.userId}, ${factor.secret}, ${factor.now}, NULL, ${NO_STEP}, 0, 0, 0)
          ON CONFLICT (user_id) DO UPDATE SET secret = excluded.secret, created_at = excluded.created_at
          WHERE totp_factors.confirmed_at IS NULL RETURNING user_id`,
    );
    return rows.length > 0;
  }

  /** The sealed secret that waits to be confirmed since `begunAfter`. */
  async findWaiting(db: Db, userId: string, begunAfter: number): Promise<string | null> {
    const [row] = await db.query<{ secret: string }>(
      sql`SELECT secret FROM totp_factors
          WHERE user_id = ${userId} AND confirmed_at IS NULL AND created_at > ${begunAfter}`,
    );
    return row?.secret ?? null;
  }

  /** Has the waiting secret count from now on, its first step used: of two that race one is told true. */
  async confirm(
    tx: Tx,
    factor: { userId: string; secret: string; step: number; now: number },
  ): Promise<boolean> {
    const rows = await tx.query(
      sql`UPDATE totp_factors SET confirmed_at = ${factor.now}, last_step = ${factor.step}
          WHERE user_id = ${factor.userId} AND secret = ${factor.secret} AND confirmed_at IS NULL
          RETURNING user_id`,
    );
    return rows.length > 0;
  }

  /** When the user's app was confirmed; null without one. */
  async confirmedAt(db: Db, userId: string): Promise<number | null> {
    const [row] = await db.query<{ confirmed_at: number }>(
      sql`SELECT confirmed_at FROM totp_factors WHERE user_id = ${userId} AND confirmed_at IS NOT NULL`,
    );
    return row?.confirmed_at ?? null;
  }

  /**
   * Counts an attempt before anything is looked at: of any number that race, no more than the limit get
   * the secret. Null while the factor is locked, or when there is none.
   */
  async countAttempt(tx: Tx, userId: string, now: number): Promise<CountedAttempt | null> {
    const [row] = await tx.query<AttemptRow>(
      sql`UPDATE totp_factors SET ${countedAttempt(sql`totp_factors`, now)}
          WHERE user_id = ${userId} AND confirmed_at IS NOT NULL AND locked_until <= ${now}
          RETURNING user_id, secret, last_step`,
    );
    return row ? { userId: row.user_id, secret: row.secret, lastStep: row.last_step } : null;
  }

  /** Until when no code of the user is looked at; null when he has no factor. */
  async lockedUntil(db: Db, userId: string): Promise<number | null> {
    const [row] = await db.query<{ locked_until: number }>(
      sql`SELECT locked_until FROM totp_factors WHERE user_id = ${userId} AND confirmed_at IS NOT NULL`,
    );
    return row?.locked_until ?? null;
  }

  /**
   * Uses up a step, with every older one: of two that show its code one is told true. Attempts are
   * forgotten; the secret is kept as `resealed` where that is given.
   */
  async spendStep(tx: Tx, userId: string, step: number, resealed: string | null): Promise<boolean> {
    const rows = await tx.query(
      sql`UPDATE totp_factors SET last_step = ${step}, attempts = 0, locked_until = 0,
            secret = COALESCE(${resealed}, secret)
          WHERE user_id = ${userId} AND confirmed_at IS NOT NULL AND last_step < ${step} RETURNING user_id`,
    );
    return rows.length > 0;
  }

  /** Forgets the attempts, after another right answer than a step's code. */
  async forgetAttempts(tx: Tx, userId: string): Promise<void> {
    await tx.execute(sql`UPDATE totp_factors SET attempts = 0, locked_until = 0 WHERE user_id = ${userId}`);
  }

  /** Takes a confirmed app away; answers whether there was one. */
  async delete(tx: Tx, userId: string): Promise<boolean> {
    const rows = await tx.query(
      sql`DELETE FROM totp_factors WHERE user_id = ${userId} AND confirmed_at IS NOT NULL RETURNING user_id`,
    );
    return rows.length > 0;
  }
}
