import { Injectable } from '@nestjs/common';
import type { Level } from '../common/levels.js';
import type { Db, Tx } from '../database/db.js';
import {
  told,
  toldPage,
  type DataSubject,
  type Look,
  type ToldPage,
} from '../database/personal-data.service.js';
import { asTexts } from '../database/rows.js';
import { sql } from '../database/sql.js';
import { NEVER } from './api-keys.repository.js';

interface KeyRow {
  id: string;
  kind: string;
  name: string | null;
  hint: string | null;
  surface: string;
  level: Level | null;
  networks: string | null;
  created_at: number;
  last_used_at: number;
  expires_at: number;
  revoked_at: number | null;
}

/** The permanent keys of somebody, the ended ones that are still kept too; never what opens with one. */
@Injectable()
export class PersonalKeysRepository {
  async tell(db: Db, { userId }: DataSubject, look: Look): Promise<ToldPage> {
    // Sessions are looked at as well: they stand in the same index, and there may be very many.
    const rows = await db.query<KeyRow>(
      sql`SELECT g.id, g.kind, k.name, k.hint, g.surface, g.level, g.networks, g.created_at,
            g.last_used_at, g.expires_at, g.revoked_at
          FROM (SELECT * FROM grants WHERE user_id = ${userId} AND id > ${look.after ?? ''}
            ORDER BY id LIMIT ${look.limit}) g
          LEFT JOIN api_keys k ON k.grant_id = g.id ORDER BY g.id`,
    );
    return toldPage(
      rows,
      look,
      ({ id }) => id,
      (row) => (row.kind === 'permanent' ? tellOf(row) : null),
    );
  }

  /** The keys that he made for others go on, and do not tell any more who made them. */
  async forgetMaker(tx: Tx, { userId }: DataSubject): Promise<void> {
    await tx.execute(sql`UPDATE api_keys SET created_by = NULL WHERE created_by = ${userId}`);
  }
}

function tellOf(row: KeyRow) {
  return {
    id: row.id,
    name: row.name ?? '',
    hint: row.hint ?? '',
    surface: row.surface,
    level: row.level,
    networks: asTexts(row.networks),
    createdAt: told(row.created_at),
    lastUsedAt: row.last_used_at > row.created_at ? told(row.last_used_at) : null,
    expiresAt: row.expires_at >= NEVER ? null : told(row.expires_at),
    endedAt: told(row.revoked_at),
  };
}
