import { Injectable } from '@nestjs/common';
import type { Db, Tx } from '../database/db.js';
import { sql } from '../database/sql.js';

/** Whose videos are. */
@Injectable()
export class VideosRepository {
  /**
   * Makes a video that nobody has, or a blocked user, the claimant's; answers whose it is. With a blocked
   * user's claim go those whom he invited.
   */
  async claim(tx: Tx, video: { id: number; claimantId: string; now: number }): Promise<string | null> {
    await tx.execute(
      sql`DELETE FROM videos WHERE id = ${video.id}
            AND EXISTS (SELECT 1 FROM users u WHERE u.id = videos.owner_id AND u.state = 'blocked')`,
    );
    await tx.execute(
      sql`INSERT INTO videos (id, owner_id, created_at) VALUES (${video.id}, ${video.claimantId}, ${video.now})
          ON CONFLICT (id) DO NOTHING`,
    );
    return this.ownerOf(tx, video.id);
  }

  /** Whose it is; null when nobody has invited to it, or only somebody who is blocked. */
  async ownerOf(db: Db, id: number): Promise<string | null> {
    const [row] = await db.query<{ owner_id: string }>(
      sql`SELECT v.owner_id FROM videos v JOIN users u ON u.id = v.owner_id
          WHERE v.id = ${id} AND u.state <> 'blocked'`,
    );
    return row?.owner_id ?? null;
  }

  async countOf(db: Db, ownerId: string): Promise<number> {
    const [row] = await db.query<{ n: number }>(
      sql`SELECT count(*) AS n FROM videos WHERE owner_id = ${ownerId}`,
    );
    return Number(row?.n ?? 0);
  }
}
