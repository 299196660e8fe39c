import { Injectable } from '@nestjs/common';
import type { Db, Tx } from '../database/db.js';
import { sql, type Sql } from '../database/sql.js';
import { OneTimeTokenEntity } from './one-time-token.entity.js';
import type { RedeemedToken } from './one-time-token.js';

/** The one table of one-time tokens, with its one `consume`. */
@Injectable()
export class OneTimeTokensRepository {
  async insert(tx: Tx, token: OneTimeTokenEntity): Promise<void> {
    await tx.manager.insert(OneTimeTokenEntity, token);
  }

  /**
   * Ends the live tokens of a user for a purpose: a newer one takes their place. Until the commit no
   * other unit does so for the same user, so that of two that race one token is left.
   */
  async expireAll(tx: Tx, userId: string, purpose: string, now: number): Promise<void> {
    if (tx.dialect === 'postgres') {
      await tx.query(sql`SELECT id FROM users WHERE id = ${userId} FOR NO KEY UPDATE`);
    }
    await tx.execute(
      sql`UPDATE one_time_tokens SET expires_at = ${now}
          WHERE user_id = ${userId} AND purpose = ${purpose} AND consumed_at IS NULL AND expires_at > ${now}`,
    );
  }

  /** Finds and kills a live token in one statement: of two callers one gets it. Its end is now. */
  async consume(tx: Tx, purpose: string, digest: string, now: number): Promise<RedeemedToken | null> {
    const [row] = await tx.query<TokenRow>(
      sql`UPDATE one_time_tokens SET consumed_at = ${now}, expires_at = ${now} WHERE ${isLive(purpose, digest, now)}
          RETURNING user_id, address, epoch`,
    );
    return row ? toRedeemed(row) : null;
  }

  /** The same look-up without the killing. */
  async findLive(db: Db, purpose: string, digest: string, now: number): Promise<RedeemedToken | null> {
    const [row] = await db.query<TokenRow>(
      sql`SELECT user_id, address, epoch FROM one_time_tokens WHERE ${isLive(purpose, digest, now)}`,
    );
    return row ? toRedeemed(row) : null;
  }

  /** True for a token that was redeemed, however long ago, while its row is kept. */
  async wasConsumed(db: Db, purpose: string, digest: string): Promise<boolean> {
    const rows = await db.query(
      sql`SELECT 1 AS one FROM one_time_tokens
          WHERE digest = ${digest} AND purpose = ${purpose} AND consumed_at IS NOT NULL`,
    );
    return rows.length > 0;
  }

  /** True when the user has a token that could still be redeemed. */
  async hasLive(db: Db, userId: string, purpose: string, now: number): Promise<boolean> {
    const rows = await db.query(
      sql`SELECT 1 AS one FROM one_time_tokens WHERE user_id = ${userId} AND purpose = ${purpose}
            AND consumed_at IS NULL AND expires_at > ${now} LIMIT 1`,
    );
    return rows.length > 0;
  }

  /** The address of a user's newest live token; null without one. */
  async findLiveAddress(db: Db, userId: string, purpose: string, now: number): Promise<string | null> {
    const [row] = await db.query<Pick<TokenRow, 'address'>>(
      sql`SELECT address FROM one_time_tokens WHERE user_id = ${userId} AND purpose = ${purpose}
            AND ${isOpen(now)} ORDER BY id DESC LIMIT 1`,
    );
    return row?.address ?? null;
  }

  /** Deletes up to `batch` tokens that ended before `before`; answers how many. */
  async purge(tx: Tx, before: number, batch: number): Promise<number> {
    const rows = await tx.query(
      sql`DELETE FROM one_time_tokens WHERE id IN (
            SELECT id FROM one_time_tokens WHERE expires_at < ${before} ORDER BY expires_at LIMIT ${batch}
          ) RETURNING id`,
    );
    return rows.length;
  }
}

interface TokenRow {
  user_id: string;
  address: string | null;
  epoch: number;
}

function isLive(purpose: string, digest: string, now: number): Sql {
  return sql`digest = ${digest} AND purpose = ${purpose} AND ${isOpen(now)}`;
}

/** Live: not redeemed, not expired, and its user neither blocked nor with his sessions ended since. */
function isOpen(now: number): Sql {
  return sql`consumed_at IS NULL AND expires_at > ${now}
    AND EXISTS (SELECT 1 FROM users u WHERE u.id = one_time_tokens.user_id
      AND u.grant_epoch = one_time_tokens.epoch AND u.state <> 'blocked')`;
}

function toRedeemed(row: TokenRow): RedeemedToken {
  return { userId: row.user_id, address: row.address, epoch: row.epoch };
}
