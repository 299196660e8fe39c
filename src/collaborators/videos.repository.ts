import { Injectable } from '@nestjs/common';
import type { Db, Tx } from '../database/db.js';
import { sql } from '../database/sql.js';

/** Whose videos are. */
@Injectable()
export class VideosRepository {
  /** Makes a video that nobody has the claimant's, in one statement; answers whose it is. */
  async claim(tx: Tx, video: { id: number; claimantId: string; now: number }): Promise<string | null> {
    await tx.execute(
      sql`INSERT INTO videos (id, owner_id, created_at) VALUES (${video.id}, ${video.claimantId}, ${video.now})
          ON CONFLICT (id) DO NOTHING`,
    );
    return this.ownerOf(tx, video.id);
  }

  /** Whose it is; null when nobody has invited to it. */
  async ownerOf(db: Db, id: number): Promise<string | null> {
    const [row] = await db.query<{ owner_id: string }>(sql`SELECT owner_id FROM videos WHERE id = ${id}`);
    return row?.owner_id ?? null;
  }

  async countOf(db: Db, ownerId: string): Promise<number> {
    const [row] = await db.query<{ n: number }>(
      sql`SELECT count(*) AS n FROM videos WHERE owner_id = ${ownerId}`,
    );
    return Number(row?.n ?? 0);
  }
}
