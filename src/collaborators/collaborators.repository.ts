import { Injectable } from '@nestjs/common';
import type { Db, Tx } from '../database/db.js';
import { asBoolean, type SqlBoolean } from '../database/rows.js';
import { sql, type Sql } from '../database/sql.js';
import { permissionsOf, type Collaborator } from './collaborator.js';

/** A row of `COLLABORATOR_COLUMNS` as the drivers give it. */
export interface CollaboratorRow {
  id: string;
  video_id: number;
  email: string;
  name: string;
  can_download: SqlBoolean;
  can_comment: SqlBoolean;
  expires_at: number;
}

/** The columns of a `Collaborator`, of table alias `c`. */
export const COLLABORATOR_COLUMNS = sql`c.id, c.video_id, c.email, c.name, c.can_download, c.can_comment, c.expires_at`;

/** The collaborators of videos, and the digests of their tokens. */
@Injectable()
export class CollaboratorsRepository {
  /**
   * Writes a collaborator, or adds to what the one with this address may do; nothing is taken from him.
   * Answers his id. Of any number that race none is lost.
   */
  async add(
    tx: Tx,
    collaborator: Pick<Collaborator, 'id' | 'videoId' | 'email' | 'name' | 'expiresAt'> & {
      canDownload: boolean;
      canComment: boolean;
      now: number;
    },
  ): Promise<string> {
    const { id, videoId, email, name, canDownload, canComment, expiresAt, now } = collaborator;
    const [row] = await tx.query<{ id: string }>(
      sql`INSERT INTO collaborators (id, video_id, email, name, can_download, can_comment, created_at, expires_at)
          VALUES (${id}, ${videoId}, ${email}, ${name}, ${truth(canDownload)}, ${truth(canComment)}, ${now},
            ${expiresAt})
          ON CONFLICT (video_id, email) DO UPDATE SET
            name = excluded.name,
            can_download = collaborators.can_download OR excluded.can_download,
            can_comment = collaborators.can_comment OR excluded.can_comment,
            expires_at = CASE WHEN excluded.expires_at > collaborators.expires_at
              THEN excluded.expires_at ELSE collaborators.expires_at END
          RETURNING id`,
    );
    if (!row) throw new Error('A collaborator was not written');
    return row.id;
  }

  async insertToken(
    tx: Tx,
    token: { digest: string; collaboratorId: string; now: number; expiresAt: number },
  ): Promise<void> {
    const { digest, collaboratorId, now, expiresAt } = token;
    await tx.execute(
      sql`INSERT INTO collaborator_tokens (digest, collaborator_id, created_at, expires_at)
          VALUES (${digest}, ${collaboratorId}, ${now}, ${expiresAt})`,
    );
  }

  /** All of a video, in order of their first invitation. */
  findOf(db: Db, videoId: number): Promise<Collaborator[]> {
    return this.find(db, sql`c.video_id = ${videoId}`);
  }

  /** Removes a collaborator with his tokens and whatever sessions had of him; answers whether he was there. */
  async remove(tx: Tx, videoId: number, id: string): Promise<boolean> {
    const rows = await tx.query(
      sql`DELETE FROM collaborators WHERE id = ${id} AND video_id = ${videoId} RETURNING id`,
    );
    return rows.length > 0;
  }

  /** Deletes up to `batch` collaborators whose last token ended before `before`; answers how many. */
  purge(tx: Tx, before: number, batch: number): Promise<number> {
    return purged(
      tx,
      sql`DELETE FROM collaborators WHERE id IN (
            SELECT id FROM collaborators WHERE expires_at < ${before} LIMIT ${batch}) RETURNING id`,
    );
  }

  /** Deletes up to `batch` tokens that ended before `before`; answers how many. */
  purgeTokens(tx: Tx, before: number, batch: number): Promise<number> {
    return purged(
      tx,
      sql`DELETE FROM collaborator_tokens WHERE digest IN (
            SELECT digest FROM collaborator_tokens WHERE expires_at < ${before} LIMIT ${batch}) RETURNING digest`,
    );
  }

  private async find(db: Db, condition: Sql): Promise<Collaborator[]> {
    const rows = await db.query<CollaboratorRow>(
      sql`SELECT ${COLLABORATOR_COLUMNS} FROM collaborators c WHERE ${condition} ORDER BY c.id`,
    );
    return rows.map(toCollaborator);
  }
}

export function toCollaborator(row: CollaboratorRow): Collaborator {
  const canDownload = asBoolean(row.can_download);
  const canComment = asBoolean(row.can_comment);
  return {
    id: row.id,
    videoId: row.video_id,
    email: row.email,
    name: row.name,
    permissions: permissionsOf({ canComment, canDownload }),
    expiresAt: row.expires_at,
  };
}

async function purged(tx: Tx, statement: Sql): Promise<number> {
  return (await tx.query(statement)).length;
}

/** SQLite's driver binds no booleans. */
function truth(value: boolean): Sql {
  return value ? sql`TRUE` : sql`FALSE`;
}
