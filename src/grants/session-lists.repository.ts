import { Injectable } from '@nestjs/common';
import type { Db } from '../database/db.js';
import { sql, type Sql } from '../database/sql.js';
import type { ListedSession, LiveSession } from './grant.js';

interface SessionRow {
  id: string;
  user_id: string;
  digest: string;
  created_at: number;
  last_used_at: number;
  expires_at: number;
  revoked_at: number | null;
  epoch: number;
  grant_epoch: number;
  state: string;
  address: string;
  description: string;
}

interface LiveSessionRow {
  id: string;
  surface: string;
  description: string;
  address: string;
  user_agent: string;
  created_at: number;
  last_used_at: number;
  expires_at: number;
}

const SESSION_COLUMNS = sql`g.id, g.user_id, c.digest, g.created_at, g.last_used_at, g.expires_at, g.revoked_at,
  g.epoch, u.grant_epoch, u.state, g.address, g.description
  FROM grants g JOIN credentials c ON c.grant_id = g.id AND c.use = 'access' JOIN users u ON u.id = g.user_id`;

/** Sessions as people list them. */
@Injectable()
export class SessionListsRepository {
  /** The sessions of a user at a surface, newest first: the living ones, or up to `limit` ended ones. */
  async findSessions(
    db: Db,
    list: { userId: string; surface: string; now: number; areLiving: boolean; limit: number },
  ): Promise<ListedSession[]> {
    const living = sql`g.revoked_at IS NULL AND g.epoch = u.grant_epoch AND u.state = 'active'
      AND g.expires_at > ${list.now}`;
    const rows = await db.query<SessionRow>(
      sql`SELECT ${SESSION_COLUMNS}
          WHERE g.user_id = ${list.userId} AND g.surface = ${list.surface} AND g.kind = 'session'
            AND ${list.areLiving ? living : sql`NOT (${living})`}
          ORDER BY g.id DESC LIMIT ${list.limit}`,
    );
    return rows.map(toListedSession);
  }

  async findSession(db: Db, digest: string, surface: string): Promise<ListedSession | null> {
    const [row] = await db.query<SessionRow>(
      sql`SELECT ${SESSION_COLUMNS} WHERE c.digest = ${digest} AND g.surface = ${surface}`,
    );
    return row ? toListedSession(row) : null;
  }

  /** Of the `look` newest sessions of a user before `beforeId` those that live, newest first; idle ones end unseen. */
  async findLiveSessions(
    db: Db,
    page: { userId: string; beforeId: string | null; limit: number; look: number; now: number },
  ): Promise<LiveSession[]> {
    const rows = await db.query<LiveSessionRow>(
      sql`SELECT g.id, g.surface, g.description, g.address, g.user_agent, g.created_at, g.last_used_at, g.expires_at
          FROM (SELECT * FROM grants WHERE ${sessionsOf(page)} ORDER BY id DESC LIMIT ${page.look}) g
          JOIN users u ON u.id = g.user_id
          WHERE g.kind = 'session' AND g.needs IS NULL
            AND g.revoked_at IS NULL AND g.epoch = u.grant_epoch AND g.expires_at > ${page.now}
            AND (g.idle_ttl IS NULL OR g.last_used_at + g.idle_ttl > ${page.now})
          ORDER BY g.id DESC LIMIT ${page.limit}`,
    );
    return rows.map(toLiveSession);
  }

  /** The last of the `look` newest sessions before `beforeId`; null where there are not so many. */
  async lastLookedAt(
    db: Db,
    page: { userId: string; beforeId: string | null; look: number },
  ): Promise<string | null> {
    const [row] = await db.query<{ id: string }>(
      sql`SELECT id FROM grants WHERE ${sessionsOf(page)} ORDER BY id DESC LIMIT 1 OFFSET ${page.look - 1}`,
    );
    return row?.id ?? null;
  }

  /** Whose session it is; null for none, and for a permanent key. */
  async ownerOfSession(db: Db, grantId: string): Promise<string | null> {
    const [row] = await db.query<{ user_id: string }>(
      sql`SELECT user_id FROM grants WHERE id = ${grantId} AND kind = 'session'`,
    );
    return row?.user_id ?? null;
  }
}

function sessionsOf({ userId, beforeId }: { userId: string; beforeId: string | null }): Sql {
  const before = beforeId === null ? sql`` : sql`AND id < ${beforeId}`;
  return sql`user_id = ${userId} ${before}`;
}

function toListedSession(row: SessionRow): ListedSession {
  return {
    grantId: row.id,
    userId: row.user_id,
    digest: row.digest,
    createdAt: row.created_at,
    updatedAt: row.revoked_at ?? row.created_at,
    expiresAt: row.expires_at,
    isRevoked: row.revoked_at !== null || row.epoch !== row.grant_epoch || row.state !== 'active',
    address: row.address,
    description: row.description,
  };
}

function toLiveSession(row: LiveSessionRow): LiveSession {
  return {
    id: row.id,
    surface: row.surface,
    description: row.description,
    address: row.address,
    userAgent: row.user_agent,
    createdAt: row.created_at,
    lastUsedAt: row.last_used_at,
    expiresAt: row.expires_at,
  };
}
