import { Injectable } from '@nestjs/common';
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

interface SessionRow {
  id: string;
  kind: string;
  surface: string;
  client_id: string | null;
  scope: string;
  description: string;
  address: string;
  user_agent: string;
  created_at: number;
  authenticated_at: number;
  last_used_at: number;
  expires_at: number;
  revoked_at: number | null;
  revoke_reason: string | null;
  has_counting_epoch: number;
}

interface GuestRow {
  looked: string;
  address: string | null;
  user_agent: string;
  surface: string;
  created_at: number;
  last_used_at: number;
}

/** The sessions of somebody, the ended ones that are still kept too. */
@Injectable()
export class PersonalSessionsRepository {
  async tell(db: Db, { userId }: DataSubject, look: Look): Promise<ToldPage> {
    const rows = await db.query<SessionRow>(
      sql`SELECT g.id, g.kind, g.surface, g.client_id, g.scope, g.description, g.address, g.user_agent, g.created_at,
            g.authenticated_at, g.last_used_at, g.expires_at, g.revoked_at, g.revoke_reason,
            CASE WHEN g.epoch = u.grant_epoch THEN 1 ELSE 0 END AS has_counting_epoch
          FROM grants g JOIN users u ON u.id = g.user_id
          WHERE g.user_id = ${userId} AND g.id > ${look.after ?? ''} ORDER BY g.id LIMIT ${look.limit}`,
    );
    return toldPage(
      rows,
      look,
      ({ id }) => id,
      (row) => (row.kind === 'session' ? tellOf(row) : null),
    );
  }

  /** What is kept of the browsers with which he signed in, from before he did (002). */
  async tellGuests(db: Db, { userId }: DataSubject, look: Look): Promise<ToldPage> {
    const rows = await db.query<GuestRow>(
      sql`SELECT g.id AS looked, s.address, s.user_agent, s.surface, s.created_at, s.last_used_at
          FROM (SELECT id FROM grants WHERE user_id = ${userId} AND id > ${look.after ?? ''}
            ORDER BY id LIMIT ${look.limit}) g
          LEFT JOIN guest_sessions s ON s.successor_id = g.id ORDER BY g.id`,
    );
    return toldPage(
      rows,
      look,
      ({ looked }) => looked,
      ({ address, user_agent, surface, created_at, last_used_at }) =>
        address === null
          ? null
          : {
              ...{ surface, address, userAgent: user_agent },
              ...{ createdAt: told(created_at), lastUsedAt: told(last_used_at) },
            },
    );
  }

  /** Deletes what browsers had open before he signed in with them; his own sessions go with him. */
  async forgetGuests(tx: Tx, { userId }: DataSubject): Promise<void> {
    await tx.execute(
      sql`DELETE FROM guest_sessions WHERE successor_id IN (SELECT id FROM grants WHERE user_id = ${userId})`,
    );
  }
}

function tellOf(row: SessionRow) {
  return {
    id: row.id,
    surface: row.surface,
    clientId: row.client_id,
    scope: asTexts(row.scope),
    description: row.description,
    address: row.address,
    userAgent: row.user_agent,
    createdAt: told(row.created_at),
    authenticatedAt: told(row.authenticated_at),
    lastUsedAt: told(row.last_used_at),
    expiresAt: told(row.expires_at),
    endedAt: told(row.revoked_at),
    endReason: row.revoke_reason,
    wasEndedWithAll: row.has_counting_epoch === 0,
  };
}
