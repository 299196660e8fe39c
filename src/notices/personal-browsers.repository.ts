import { Injectable } from '@nestjs/common';
import type { Db } from '../database/db.js';
import {
  told,
  toldPage,
  type DataSubject,
  type Look,
  type ToldPage,
} from '../database/personal-data.service.js';
import { sql } from '../database/sql.js';

interface BrowserRow {
  digest: string;
  first_seen_at: number;
  last_seen_at: number;
}

/** The browsers that are known of somebody: only when each was seen, for nothing else of them is kept. */
@Injectable()
export class PersonalBrowsersRepository {
  async tell(db: Db, { userId }: DataSubject, look: Look): Promise<ToldPage> {
    // The row with an empty digest is no browser.
    const rows = await db.query<BrowserRow>(
      sql`SELECT digest, first_seen_at, last_seen_at FROM known_browsers
          WHERE user_id = ${userId} AND digest > ${look.after ?? ''} ORDER BY digest LIMIT ${look.limit}`,
    );
    return toldPage(
      rows,
      look,
      ({ digest }) => digest,
      ({ first_seen_at, last_seen_at }) => ({
        firstSeenAt: told(first_seen_at),
        lastSeenAt: told(last_seen_at),
      }),
    );
  }
}
