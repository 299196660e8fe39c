import { Injectable } from '@nestjs/common';
import { DAY } from '../common/clock.js';
import { Reader, type Db, type Tx } from '../database/db.js';
import { join, sql } from '../database/sql.js';
import type { MailTemplateName } from './mail-template-values.js';
import type { OutboxState } from './outbox-mail.entity.js';

/** A mail as it is written: due at once. */
export interface NewOutboxMail {
  readonly id: string;
  readonly kind: string;
  readonly recipient: string;
  readonly userId: string | null;
  readonly state: Extract<OutboxState, 'pending' | 'void'>;
  readonly content: string;
  readonly createdAt: number;
}

/** A mail that this process alone may send until its lease ends. */
export interface LeasedMail {
  readonly id: string;
  readonly kind: string;
  readonly recipient: string;
  readonly content: string;
  /** Attempts that failed before. */
  readonly attempts: number;
  readonly createdAt: number;
}

const KEPT = 30 * DAY;

/** The last mail to somebody of whom nothing is kept: its row forgets the address too. */
const LAST_MAIL: MailTemplateName = 'account-erased';

/** The outbox's rows, and the quota's where they end. */
@Injectable()
export class OutboxRepository {
  constructor(private readonly reader: Reader) {}

  /** How many mails of one kind a user has that were written after `since`. */
  async countOf(db: Db, mails: { userId: string; kind: string; since: number }): Promise<number> {
    const [row] = await db.query<{ n: number }>(
      sql`SELECT count(*) AS n FROM outbox
          WHERE user_id = ${mails.userId} AND kind = ${mails.kind} AND created_at > ${mails.since}`,
    );
    return Number(row?.n ?? 0);
  }

  async insert(tx: Tx, mail: NewOutboxMail): Promise<void> {
    await tx.query(sql`
      INSERT INTO outbox (id, kind, recipient, user_id, state, content, attempts, created_at, next_attempt_at)
      VALUES (${mail.id}, ${mail.kind}, ${mail.recipient}, ${mail.userId}, ${mail.state}, ${mail.content},
        0, ${mail.createdAt}, ${mail.createdAt})`);
  }

  /**
   * When the next mail is due that nobody holds: `now` or earlier, or later. `held` when every waiting
   * mail is held, `none` when none waits.
   */
  async findNextDueAt(now: number): Promise<number | 'held' | 'none'> {
    const [free] = await this.reader.query<{ at: number }>(sql`
      SELECT next_attempt_at AS at FROM outbox
      WHERE state = 'pending' AND (leased_until IS NULL OR leased_until <= ${now})
      ORDER BY next_attempt_at LIMIT 1`);
    if (free) return free.at;
    const held = await this.reader.query(sql`SELECT id FROM outbox WHERE state = 'pending' LIMIT 1`);
    return held.length > 0 ? 'held' : 'none';
  }

  /**
   * Gives up to `limit` due mails, the longest due first, to `holder` until `until`. No two callers
   * get the same one while its lease runs. The list is MATERIALIZED so that PostgreSQL reads it once.
   */
  lease(tx: Tx, lease: { holder: string; now: number; until: number; limit: number }): Promise<LeasedMail[]> {
    const skipLocked = tx.dialect === 'postgres' ? sql`FOR UPDATE SKIP LOCKED` : sql``;
    return tx.query<LeasedMail>(sql`
      WITH due AS MATERIALIZED (
        SELECT id FROM outbox
        WHERE state = 'pending' AND next_attempt_at <= ${lease.now}
          AND (leased_until IS NULL OR leased_until <= ${lease.now})
        ORDER BY next_attempt_at LIMIT ${lease.limit} ${skipLocked}
      )
      UPDATE outbox SET lease_holder = ${lease.holder}, leased_until = ${lease.until}
      WHERE id IN (SELECT id FROM due)
      RETURNING id, kind, recipient, content, attempts, created_at AS "createdAt"`);
  }

  /** Lengthens the leases that `holder` still has. */
  async renew(tx: Tx, ids: readonly string[], holder: string, until: number): Promise<void> {
    await tx.execute(sql`
      UPDATE outbox SET leased_until = ${until} WHERE id IN (${join(ids)}) AND lease_holder = ${holder}`);
  }

  /** Gives unsent mails back, due as they were, as if they had not been leased. */
  async release(tx: Tx, ids: readonly string[], holder: string): Promise<void> {
    await tx.execute(sql`
      UPDATE outbox SET leased_until = NULL, lease_holder = NULL
      WHERE id IN (${join(ids)}) AND lease_holder = ${holder}`);
  }

  /**
   * The mail is sent and its text is gone, whoever holds the lease by now: that a server took it is
   * true even for a holder that was too slow, and saves the recipient a second one. Of the last mail to
   * somebody who was erased the address is gone as well.
   */
  async markSent(tx: Tx, id: string, now: number): Promise<void> {
    await tx.execute(sql`
      UPDATE outbox SET state = 'sent', content = NULL, sent_at = ${now},
        leased_until = NULL, lease_holder = NULL, last_error = NULL,
        recipient = CASE WHEN kind = ${LAST_MAIL} THEN '' ELSE recipient END
      WHERE id = ${id} AND state = 'pending'`);
  }

  /** The mail waits for its next attempt, or is dead with its text kept sealed; nothing when the lease was lost. */
  async markFailed(
    tx: Tx,
    failure: { id: string; holder: string; state: 'pending' | 'dead'; at: number; error: string },
  ): Promise<void> {
    await tx.execute(sql`
      UPDATE outbox SET state = ${failure.state}, attempts = attempts + 1, next_attempt_at = ${failure.at},
        leased_until = NULL, lease_holder = NULL, last_error = ${failure.error}
      WHERE id = ${failure.id} AND state = 'pending' AND lease_holder = ${failure.holder}`);
  }

  /**
   * Deletes what has ended, up to `batch` rows of each sort, and answers how many: mails 30 days after
   * they were sent or died, void ones at once, and so who was erased and could not be told of it, quotas a day after their last use. 0 means: all done.
   */
  async purge(tx: Tx, now: number, batch: number): Promise<number> {
    const ended = [
      sql`DELETE FROM outbox WHERE id IN (
        SELECT id FROM outbox WHERE sent_at <= ${now - KEPT} ORDER BY sent_at LIMIT ${batch})`,
      sql`DELETE FROM outbox WHERE id IN (
        SELECT id FROM outbox WHERE state = 'dead' AND next_attempt_at <= ${now - KEPT}
        ORDER BY next_attempt_at LIMIT ${batch})`,
      sql`DELETE FROM outbox WHERE id IN (
        SELECT id FROM outbox WHERE state = 'dead' AND kind = ${LAST_MAIL} LIMIT ${batch})`,
      sql`DELETE FROM outbox WHERE id IN (SELECT id FROM outbox WHERE state = 'void' LIMIT ${batch})`,
      sql`DELETE FROM mail_quota WHERE key IN (
        SELECT key FROM mail_quota WHERE last_at <= ${now - DAY} ORDER BY last_at LIMIT ${batch})`,
    ];
    let deleted = 0;
    for (const statement of ended) deleted += await tx.execute(statement);
    return deleted;
  }
}
