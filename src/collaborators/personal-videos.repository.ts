import { Injectable } from '@nestjs/common';
import type { Db, Tx } from '../database/db.js';
import {
  told,
  toldPage,
  type DataSubject,
  type Look,
  type ToldPage,
} from '../database/personal-data.service.js';
import { join, sql, type Sql } from '../database/sql.js';
import { COLLABORATOR_COLUMNS, toCollaborator, type CollaboratorRow } from './collaborators.repository.js';

type InvitedRow = CollaboratorRow & { created_at: number };

/** Videos are read a few at a time: each has up to a hundred collaborators. */
const VIDEOS_AT_ONCE = 5;

/** What somebody shares, and what others share with him. */
@Injectable()
export class PersonalVideosRepository {
  /** His videos with whom he invited: those names and addresses are his entries. */
  async tell(db: Db, { userId }: DataSubject, { after }: Look): Promise<ToldPage> {
    const look = { after, limit: VIDEOS_AT_ONCE };
    const videos = await db.query<{ id: number; created_at: number }>(
      sql`SELECT id, created_at FROM videos WHERE owner_id = ${userId} AND id > ${Number(after ?? -1)}
          ORDER BY id LIMIT ${look.limit}`,
    );
    const ids = videos.map(({ id }) => id);
    const rows = ids.length === 0 ? [] : await this.find(db, sql`c.video_id IN (${join(ids)}) ORDER BY c.id`);
    return toldPage(
      videos,
      look,
      ({ id }) => String(id),
      ({ id, created_at }) => ({
        id,
        createdAt: told(created_at),
        collaborators: rows
          .filter((row) => row.video_id === id)
          .map((row) => ({ email: row.email, ...tellOf(row) })),
      }),
    );
  }

  /** The invitations of the address that he has shown to be his; not who invites. */
  async tellInvitations(db: Db, { confirmedAddress }: DataSubject, look: Look): Promise<ToldPage> {
    if (confirmedAddress === null) return { items: [], next: null };
    const rows = await this.find(
      db,
      sql`c.email = ${confirmedAddress} AND c.id > ${look.after ?? ''} ORDER BY c.id LIMIT ${look.limit}`,
    );
    return toldPage(
      rows,
      look,
      ({ id }) => id,
      (row) => ({ videoId: row.video_id, ...tellOf(row) }),
    );
  }

  /** Deletes the invitations of his address, and what was shown in his sessions; his own videos go with him. */
  async forget(tx: Tx, { userId, confirmedAddress }: DataSubject): Promise<void> {
    await tx.execute(
      sql`DELETE FROM collaborator_sessions WHERE session_id IN (
            SELECT id FROM grants WHERE user_id = ${userId}
            UNION ALL
            SELECT s.id FROM guest_sessions s JOIN grants g ON g.id = s.successor_id WHERE g.user_id = ${userId})`,
    );
    if (confirmedAddress === null) return;
    await tx.execute(sql`DELETE FROM collaborators WHERE email = ${confirmedAddress}`);
  }

  private find(db: Db, condition: Sql): Promise<InvitedRow[]> {
    return db.query<InvitedRow>(
      sql`SELECT ${COLLABORATOR_COLUMNS}, c.created_at FROM collaborators c WHERE ${condition}`,
    );
  }
}

function tellOf(row: InvitedRow) {
  const { name, permissions, expiresAt } = toCollaborator(row);
  return { name, permissions, createdAt: told(row.created_at), expiresAt: told(expiresAt) };
}
