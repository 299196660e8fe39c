import { Injectable } from '@nestjs/common';
import type { Db, Tx } from '../database/db.js';
import { firstIds } from '../database/merged.js';
import { sql, type Sql } from '../database/sql.js';
import type { OutboxState as State } from './outbox-mail.entity.js';

/** What becomes of a mail that was meant to be sent. */
export const MAIL_STATES = ['pending', 'sent', 'dead'] as const;
export type MailState = (typeof MAIL_STATES)[number] & State;

/** A mail without its words. Times in ms since 1970. */
export interface ListedMail {
  readonly id: string;
  readonly kind: string;
  readonly recipient: string;
  readonly userId: string | null;
  readonly state: MailState;
  /** Attempts that failed. */
  readonly attempts: number;
  readonly createdAt: number;
  /** Of a pending mail when it is tried next, of a dead one when it died. */
  readonly nextAttemptAt: number;
  readonly sentAt: number | null;
  /** Codes only. */
  readonly lastError: string | null;
}

interface MailRow {
  id: string;
  kind: string;
  recipient: string;
  user_id: string | null;
  state: MailState;
  attempts: number;
  created_at: number;
  next_attempt_at: number;
  sent_at: number | null;
  last_error: string | null;
}

const COLUMNS = sql`o.id, o.kind, o.recipient, o.user_id, o.state, o.attempts, o.created_at, o.next_attempt_at,
  o.sent_at, o.last_error`;

/** What is in the outbox now. */
export interface OutboxState {
  readonly waiting: number;
  readonly dead: number;
  /** When the oldest mail that waits was written. */
  readonly oldestAt: number | null;
}

/** How far mails are counted: no request reads the outbox to its end. */
export const COUNTED = 1_000;

/** The outbox as administrators look at it. Mails that were written for nobody are not in it. */
@Injectable()
export class OutboxListRepository {
  /** The mails before `beforeId`, newest first, in one state or in any. */
  findPage(
    db: Db,
    page: { state: MailState | null; beforeId: string | null; limit: number },
  ): Promise<ListedMail[]> {
    const before = page.beforeId === null ? sql`` : sql`AND id < ${page.beforeId}`;
    const states = page.state === null ? MAIL_STATES : [page.state];
    const lists = states.map((state) => sql`state = ${state} ${before}`);
    const ids = firstIds(sql`outbox`, lists, { isDescending: true, limit: page.limit });
    return this.find(db, sql`o.id IN (${ids}) ORDER BY o.id DESC`);
  }

  async findById(db: Db, id: string): Promise<ListedMail | null> {
    const [mail] = await this.find(db, sql`o.id = ${id} AND o.state <> 'void'`);
    return mail ?? null;
  }

  /** How many mails wait and how many are dead, `COUNTED` of each at most. */
  async state(db: Db): Promise<OutboxState> {
    const [oldest] = await db.query<{ created_at: number }>(
      sql`SELECT created_at FROM outbox WHERE state = 'pending' ORDER BY id LIMIT 1`,
    );
    return {
      waiting: await this.count(db, 'pending'),
      dead: await this.count(db, 'dead'),
      oldestAt: oldest?.created_at ?? null,
    };
  }

  /** Has a mail that is not sent be due now, a dead one for one more attempt; answers whether there is such a mail. */
  async makeDue(tx: Tx, id: string, now: number): Promise<boolean> {
    const rows = await tx.query(
      sql`UPDATE outbox SET state = 'pending', next_attempt_at = ${now}
          WHERE id = ${id} AND state IN ('pending', 'dead') RETURNING id`,
    );
    return rows.length > 0;
  }

  private async count(db: Db, state: MailState): Promise<number> {
    const [row] = await db.query<{ n: number }>(
      sql`SELECT count(*) AS n FROM (SELECT id FROM outbox WHERE state = ${state} ORDER BY id LIMIT ${COUNTED}) o`,
    );
    return Number(row?.n ?? 0);
  }

  private async find(db: Db, condition: Sql): Promise<ListedMail[]> {
    const rows = await db.query<MailRow>(sql`SELECT ${COLUMNS} FROM outbox o WHERE ${condition}`);
    return rows.map((row) => ({
      id: row.id,
      kind: row.kind,
      recipient: row.recipient,
      userId: row.user_id,
      state: row.state,
      attempts: row.attempts,
      createdAt: row.created_at,
      nextAttemptAt: row.next_attempt_at,
      sentAt: row.sent_at,
      lastError: row.last_error,
    }));
  }
}
