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

interface LinkRow {
  id: string;
  purpose: string;
  address: string | null;
  created_at: number;
  expires_at: number;
  consumed_at: number | null;
}

/** The mailed links of somebody: what for and when, never the link. */
@Injectable()
export class PersonalLinksRepository {
  async tell(db: Db, { userId }: DataSubject, look: Look): Promise<ToldPage> {
    const rows = await db.query<LinkRow>(
      sql`SELECT id, purpose, address, created_at, expires_at, consumed_at FROM one_time_tokens
          WHERE user_id = ${userId} AND id > ${look.after ?? ''} ORDER BY id LIMIT ${look.limit}`,
    );
    return toldPage(
      rows,
      look,
      ({ id }) => id,
      ({ purpose, address, created_at, expires_at, consumed_at }) => ({
        purpose,
        address,
        createdAt: told(created_at),
        expiresAt: told(expires_at),
        usedAt: told(consumed_at),
      }),
    );
  }
}
