import { Injectable } from '@nestjs/common';
import { DAY } from '../common/clock.js';
import type { Tx } from '../database/db.js';
import { join, sql } from '../database/sql.js';

/** The digest of the row that tells that somebody has signed in at all. */
const ANY = '';

/** A user's sign-in from somewhere; instants in ms since 1970. */
export interface Arrival {
  readonly userId: string;
  readonly digest: string;
  readonly now: number;
  /** A browser that was not seen since then is forgotten. */
  readonly forgottenBefore: number;
}

/** From where users have signed in. */
@Injectable()
export class KnownBrowsersRepository {
  /**
   * Remembers a browser and answers whether it was unknown, in one statement: of any number that race, one
   * is told true. One that was seen within a day is neither written nor locked.
   */
  async remember(tx: Tx, { userId, digest, now, forgottenBefore }: Arrival): Promise<boolean> {
    const [row] = await tx.query<{ first_seen_at: number }>(
      sql`INSERT INTO known_browsers (user_id, digest, first_seen_at, last_seen_at)
          SELECT u.id, ${digest}, ${now}, ${now} FROM users u WHERE u.id = ${userId} AND NOT EXISTS (
            SELECT 1 FROM known_browsers k
            WHERE k.user_id = ${userId} AND k.digest = ${digest} AND k.last_seen_at > ${now - DAY})
          ON CONFLICT (user_id, digest) DO UPDATE SET last_seen_at = excluded.last_seen_at,
            first_seen_at = CASE WHEN known_browsers.last_seen_at <= ${forgottenBefore}
              THEN excluded.first_seen_at ELSE known_browsers.first_seen_at END
          WHERE known_browsers.last_seen_at <= ${now - DAY}
          RETURNING first_seen_at`,
    );
    return row?.first_seen_at === now;
  }

  /** Notes that a user has signed in; of any number that race, one is told true: the first ever. */
  async isFirst(tx: Tx, userId: string, now: number): Promise<boolean> {
    const rows = await tx.query(
      sql`INSERT INTO known_browsers (user_id, digest, first_seen_at, last_seen_at)
          VALUES (${userId}, ${ANY}, ${now}, NULL) ON CONFLICT DO NOTHING RETURNING user_id`,
    );
    return rows.length > 0;
  }

  /** Forgets browsers of a user; answers whether any was still known after `since`. */
  async forget(tx: Tx, userId: string, digests: readonly string[], since: number): Promise<boolean> {
    const rows = await tx.query<{ last_seen_at: number }>(
      sql`DELETE FROM known_browsers WHERE user_id = ${userId} AND digest IN (${join(digests)})
          RETURNING last_seen_at`,
    );
    return rows.some((row) => row.last_seen_at > since);
  }

  /** Deletes at most `batch` that were not seen since `before`; answers how many. */
  async purge(tx: Tx, before: number, batch: number): Promise<number> {
    const rows = await tx.query(
      sql`DELETE FROM known_browsers WHERE (user_id, digest) IN (
            SELECT user_id, digest FROM known_browsers WHERE last_seen_at <= ${before} LIMIT ${batch}
          ) RETURNING user_id`,
    );
    return rows.length;
  }
}
