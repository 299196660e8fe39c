import { Injectable } from '@nestjs/common';
import type { Db, Tx } from '../database/db.js';
import { join, sql } from '../database/sql.js';
import { GuestSessionEntity } from './guest-session.entity.js';

/** A guest session as it stands behind its cookie. Times in ms since 1970. */
export interface GuestSession {
  readonly id: string;
  readonly surface: string;
  readonly expiresAt: number;
  readonly idleTtl: number;
  readonly lastUsedAt: number;
  readonly isRevoked: boolean;
}

interface GuestRow {
  id: string;
  surface: string;
  expires_at: number;
  idle_ttl: number;
  last_used_at: number;
  revoked_at: number | null;
}

/** Sessions of browsers in which nobody is signed in. */
@Injectable()
export class GuestSessionsRepository {
  async insert(tx: Tx, session: GuestSessionEntity): Promise<void> {
    await tx.manager.insert(GuestSessionEntity, session);
  }

  /** The session that a cookie opens; live or not. */
  async find(db: Db, digest: string): Promise<GuestSession | null> {
    const [row] = await db.query<GuestRow>(
      sql`SELECT id, surface, expires_at, idle_ttl, last_used_at, revoked_at FROM guest_sessions
          WHERE digest = ${digest}`,
    );
    return row ? toGuestSession(row) : null;
  }

  /** Puts another cookie in the place of the one with `digest`: of two that race one is told true. */
  async redigest(tx: Tx, change: { digest: string; newDigest: string; now: number }): Promise<boolean> {
    const rows = await tx.query(
      sql`UPDATE guest_sessions SET digest = ${change.newDigest}, last_used_at = ${change.now}
          WHERE digest = ${change.digest} AND revoked_at IS NULL RETURNING id`,
    );
    return rows.length > 0;
  }

  /** Ends the session that a cookie opens, if it lives; `successorId` has from then on what it had. */
  async end(tx: Tx, session: { digest: string; successorId: string | null; now: number }): Promise<void> {
    const { digest, successorId, now } = session;
    await tx.execute(
      sql`UPDATE guest_sessions SET revoked_at = ${now}, successor_id = ${successorId}
          WHERE digest = ${digest} AND revoked_at IS NULL AND expires_at > ${now} AND last_used_at + idle_ttl > ${now}`,
    );
  }

  /** Moves the time of last use forward, for many sessions in one statement; ids of others are nobody's. */
  async touch(tx: Tx, uses: readonly (readonly [sessionId: string, at: number])[]): Promise<void> {
    const values = uses.map(([id, at]) => sql`(CAST(${id} AS varchar(36)), CAST(${at} AS bigint))`);
    await tx.execute(
      sql`UPDATE guest_sessions SET last_used_at = used.column2 FROM (VALUES ${join(values)}) AS used
          WHERE guest_sessions.id = used.column1 AND guest_sessions.last_used_at < used.column2`,
    );
  }

  /** Deletes up to `batch` sessions that ended before `before`; answers how many. */
  async purge(tx: Tx, before: number, batch: number): Promise<number> {
    const rows = await tx.query(
      sql`DELETE FROM guest_sessions WHERE id IN (
            SELECT id FROM guest_sessions WHERE expires_at < ${before} OR revoked_at < ${before} LIMIT ${batch}
          ) RETURNING id`,
    );
    return rows.length;
  }
}

function toGuestSession(row: GuestRow): GuestSession {
  return {
    id: row.id,
    surface: row.surface,
    expiresAt: row.expires_at,
    idleTtl: row.idle_ttl,
    lastUsedAt: row.last_used_at,
    isRevoked: row.revoked_at !== null,
  };
}
