import { Injectable } from '@nestjs/common';
import type { Db, Tx } from '../database/db.js';
import { sql } from '../database/sql.js';
import type { AuditEvent } from './audit-event.js';
import type { AuditKind } from './audit-kinds.js';
import { EVENT_COLUMNS, toAuditEvent, type EventRow } from './audit-rows.js';

/** Which events; null is every one. Times in ms since 1970, `to` not included. */
export interface AuditFilter {
  readonly userId: string | null;
  readonly actorId: string | null;
  readonly kind: AuditKind | null;
  readonly from: number | null;
  readonly to: number | null;
}

/** The events of the audit trail. Nothing here changes or deletes one. */
@Injectable()
export class AuditRepository {
  /** Writes an event, and that it has no seal yet. */
  async insert(tx: Tx, event: AuditEvent): Promise<void> {
    await tx.execute(
      sql`INSERT INTO audit_events
            (id, at, kind, actor_kind, actor_id, user_id, object_id, address, request_id, surface)
          VALUES (${event.id}, ${event.at}, ${event.kind}, ${event.actorKind}, ${event.actorId},
            ${event.userId}, ${event.objectId}, ${event.address}, ${event.requestId}, ${event.surface})`,
    );
    await tx.execute(sql`INSERT INTO audit_pending (event_id) VALUES (${event.id})`);
  }

  /** When an event happened; null when there is no such event. */
  async timeOf(db: Db, id: string): Promise<number | null> {
    const [row] = await db.query<{ at: number }>(sql`SELECT at FROM audit_events WHERE id = ${id}`);
    return row?.at ?? null;
  }

  /** Events that fit, newest first, those that come after `after` in that order. */
  async findPage(
    db: Db,
    { userId, actorId, kind, from, to }: AuditFilter,
    page: { after: { at: number; id: string } | null; limit: number },
  ): Promise<AuditEvent[]> {
    const { after } = page;
    const conditions = [
      ...(userId === null ? [] : [sql`e.user_id = ${userId}`]),
      ...(actorId === null ? [] : [sql`e.actor_id = ${actorId}`]),
      ...(kind === null ? [] : [sql`e.kind = ${kind}`]),
      ...(from === null ? [] : [sql`e.at >= ${from}`]),
      ...(to === null ? [] : [sql`e.at < ${to}`]),
      ...(after === null ? [] : [sql`(e.at, e.id) < (${after.at}, ${after.id})`]),
    ];
    const where = conditions.reduce((all, one) => sql`${all} AND ${one}`, sql`e.at >= 0`);
    const rows = await db.query<EventRow>(
      sql`SELECT ${EVENT_COLUMNS} FROM audit_events e WHERE ${where}
          ORDER BY e.at DESC, e.id DESC LIMIT ${page.limit}`,
    );
    return rows.map(toAuditEvent);
  }
}
