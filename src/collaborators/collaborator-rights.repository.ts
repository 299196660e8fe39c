import { Injectable } from '@nestjs/common';
import { Tx, type Db } from '../database/db.js';
import { sql } from '../database/sql.js';
import type { Collaborator } from './collaborator.js';
import { COLLABORATOR_COLUMNS, toCollaborator, type CollaboratorRow } from './collaborators.repository.js';

/** A collaborator whose token was shown, and when that token ends. */
export interface ShownCollaborator extends Collaborator {
  readonly tokenExpiresAt: number;
}

/** What a session has of a collaborator, and until when. */
export interface SessionRight {
  readonly sessionId: string;
  readonly collaboratorId: string;
  readonly expiresAt: number;
}

/** Of table alias `c`: what an owner shared counts while he is not blocked. */
const OWNER_COUNTS = sql`EXISTS (SELECT 1 FROM videos v JOIN users u ON u.id = v.owner_id
  WHERE v.id = c.video_id AND u.state <> 'blocked')`;

/** What sessions may see because a collaborator's token was shown in them. Read at each use, never cached. */
@Injectable()
export class CollaboratorRightsRepository {
  /** The collaborator behind a living token. */
  async findByToken(db: Db, digest: string, now: number): Promise<ShownCollaborator | null> {
    // He may be removed meanwhile: what a unit writes of him is written while he is there.
    const lock = db instanceof Tx && db.dialect === 'postgres' ? sql`FOR KEY SHARE OF c` : sql``;
    const [row] = await db.query<CollaboratorRow & { token_expires_at: number }>(
      sql`SELECT ${COLLABORATOR_COLUMNS}, t.expires_at AS token_expires_at
          FROM collaborator_tokens t JOIN collaborators c ON c.id = t.collaborator_id
          WHERE t.digest = ${digest} AND t.expires_at > ${now} AND ${OWNER_COUNTS} ${lock}`,
    );
    return row ? { ...toCollaborator(row), tokenExpiresAt: row.token_expires_at } : null;
  }

  /** Lets a session have what a collaborator has, until `expiresAt` or for as long as it had before. */
  async give(tx: Tx, right: SessionRight): Promise<void> {
    const { sessionId, collaboratorId, expiresAt } = right;
    await tx.execute(
      sql`INSERT INTO collaborator_sessions (session_id, collaborator_id, expires_at)
          VALUES (${sessionId}, ${collaboratorId}, ${expiresAt})
          ON CONFLICT (session_id, collaborator_id) DO UPDATE SET expires_at = excluded.expires_at
            WHERE collaborator_sessions.expires_at < excluded.expires_at`,
    );
  }

  /** True when the session has what this token gives already, for as long. */
  async has(db: Db, right: SessionRight): Promise<boolean> {
    const rows = await db.query(
      sql`SELECT 1 AS one FROM collaborator_sessions WHERE session_id = ${right.sessionId}
            AND collaborator_id = ${right.collaboratorId} AND expires_at >= ${right.expiresAt}`,
    );
    return rows.length > 0;
  }

  /**
   * The collaborators of a video whose tokens were shown in this session, or in the guest's session
   * that it took the place of.
   */
  async findOfSession(
    db: Db,
    { videoId, sessionId, now }: { videoId: number; sessionId: string; now: number },
  ): Promise<Collaborator[]> {
    const rows = await db.query<CollaboratorRow>(
      sql`SELECT ${COLLABORATOR_COLUMNS}
          FROM collaborator_sessions s JOIN collaborators c ON c.id = s.collaborator_id
          WHERE (s.session_id = ${sessionId}
              OR s.session_id IN (SELECT g.id FROM guest_sessions g WHERE g.successor_id = ${sessionId}))
            AND c.video_id = ${videoId} AND s.expires_at > ${now} AND ${OWNER_COUNTS}`,
    );
    return rows.map(toCollaborator);
  }

  /** Deletes up to `batch` rights that ended before `before`; answers how many. */
  async purge(tx: Tx, before: number, batch: number): Promise<number> {
    const rows = await tx.query(
      sql`DELETE FROM collaborator_sessions WHERE (session_id, collaborator_id) IN (
            SELECT session_id, collaborator_id FROM collaborator_sessions WHERE expires_at < ${before} LIMIT ${batch}
          ) RETURNING session_id`,
    );
    return rows.length;
  }
}
