import { Injectable } from '@nestjs/common';
import type { Db, Tx } from '../database/db.js';
import { join, sql, type Sql } from '../database/sql.js';

interface NameRow {
  name: string;
}

/** Which files of the media folder there are, and which account shows them. */
@Injectable()
export class MediaRepository {
  async insert(tx: Tx, name: string, now: number): Promise<void> {
    await tx.execute(sql`INSERT INTO media (name, account_id, created_at) VALUES (${name}, ${null}, ${now})`);
  }

  /** Gives files that nobody shows to an account; answers whether all of them were there. */
  async claim(tx: Tx, accountId: number, names: readonly string[]): Promise<boolean> {
    if (names.length === 0) return true;
    const rows = await tx.query(
      sql`UPDATE media SET account_id = ${accountId}
          WHERE name IN (${join(names)}) AND account_id IS NULL RETURNING name`,
    );
    return rows.length === names.length;
  }

  /** Takes from an account all files but these; answers what was taken. */
  async releaseOthers(tx: Tx, accountId: number, kept: readonly string[]): Promise<string[]> {
    const others: Sql = kept.length > 0 ? sql`AND name NOT IN (${join(kept)})` : sql``;
    const rows = await tx.query<NameRow>(
      sql`UPDATE media SET account_id = ${null} WHERE account_id = ${accountId} ${others} RETURNING name`,
    );
    return rows.map(({ name }) => name);
  }

  /** Those of the names that no account shows. */
  async findFree(db: Db, names: readonly string[]): Promise<string[]> {
    const rows = await db.query<NameRow>(
      sql`SELECT name FROM media WHERE name IN (${join(names)}) AND account_id IS NULL`,
    );
    return rows.map(({ name }) => name);
  }

  /** Files made before `before` that no account shows, the oldest first. */
  async findAbandoned(db: Db, before: number, limit: number): Promise<string[]> {
    const rows = await db.query<NameRow>(
      sql`SELECT name FROM media WHERE account_id IS NULL AND created_at < ${before}
          ORDER BY created_at LIMIT ${limit}`,
    );
    return rows.map(({ name }) => name);
  }

  async deleteFree(tx: Tx, names: readonly string[]): Promise<void> {
    await tx.execute(sql`DELETE FROM media WHERE name IN (${join(names)}) AND account_id IS NULL`);
  }
}
