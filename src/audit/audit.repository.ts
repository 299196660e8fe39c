import { Injectable } from '@nestjs/common';
import type { Db, Tx } from '../database/db.js';
import { join, sql, type Sql } from '../database/sql.js';
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

/** Where an event stands among all of them. */
export interface AuditPlace {
  readonly at: number;
  readonly id: string;
}

/** The events of the audit trail. Nothing here changes or deletes one. */
@Injectable()
export class AuditRepository {
  /** Writes that events, at least one, have no seal yet. */
  async insertPending(tx: Tx, events: readonly AuditEvent[]): Promise<void> {
    const rows = events.map(({ id }) => sql`(${id})`);
    await tx.execute(sql`INSERT INTO audit_pending (event_id) VALUES ${join(rows)}`);
  }

  /** Writes events, at least one; they are sealed in the same unit of work, or pending. */
  async insert(tx: Tx, events: readonly AuditEvent[]): Promise<void> {
    const rows = events.map(
      (event) =>
        sql`(${event.id}, ${event.at}, ${event.kind}, ${event.actorKind}, ${event.actorId},
          ${event.userId}, ${event.objectId}, ${event.address}, ${event.requestId}, ${event.surface})`,
    );
    await tx.execute(
      sql`INSERT INTO audit_events
            (id, at, kind, actor_kind, actor_id, user_id, object_id, address, request_id, surface)
          VALUES ${join(rows)}`,
    );
  }

  /** When an event happened; null when there is no such event. */
  async timeOf(db: Db, id: string): Promise<number | null> {
    const [row] = await db.query<{ at: number }>(sql`SELECT at FROM audit_events WHERE id = ${id}`);
    return row?.at ?? null;
  }

  /** Of the `look` newest events after `after` that the first of the filters finds those that fit, newest first. */
  async findPage(
    db: Db,
    filter: AuditFilter,
    page: { after: AuditPlace | null; limit: number; look: number },
  ): Promise<AuditEvent[]> {
    const { indexed, others } = conditionsOf(filter);
    const looked = sql`SELECT * FROM audit_events WHERE ${inTurn(indexed, filter, page.after)}
      ORDER BY at DESC, id DESC LIMIT ${others.length === 0 ? page.limit : page.look}`;
    const fitting = others.reduce((all, one) => sql`${all} AND ${one}`, sql`1 = 1`);
    const rows = await db.query<EventRow>(
      sql`SELECT ${EVENT_COLUMNS} FROM (${looked}) e WHERE ${fitting}
          ORDER BY e.at DESC, e.id DESC LIMIT ${page.limit}`,
    );
    return rows.map(toAuditEvent);
  }

  /** The last of the `look` events that `findPage` looks at; null where there are not so many. */
  async lastLookedAt(
    db: Db,
    filter: AuditFilter,
    page: { after: AuditPlace | null; look: number },
  ): Promise<string | null> {
    const { indexed, others } = conditionsOf(filter);
    if (others.length === 0) return null;
    const [row] = await db.query<{ id: string }>(
      sql`SELECT id FROM audit_events WHERE ${inTurn(indexed, filter, page.after)}
          ORDER BY at DESC, id DESC LIMIT 1 OFFSET ${page.look - 1}`,
    );
    return row?.id ?? null;
  }
}

/** The filter by which events are found, each of which has its index, and those that are looked at then. */
function conditionsOf({ userId, actorId, kind }: AuditFilter): { indexed: Sql; others: Sql[] } {
  const [indexed = sql`at >= 0`, ...others] = [
    ...(userId === null ? [] : [sql`user_id = ${userId}`]),
    ...(actorId === null ? [] : [sql`actor_id = ${actorId}`]),
    ...(kind === null ? [] : [sql`kind = ${kind}`]),
  ];
  return { indexed, others };
}

function inTurn(indexed: Sql, { from, to }: AuditFilter, after: AuditPlace | null): Sql {
  const begins = from === null ? sql`` : sql`AND at >= ${from}`;
  return sql`${indexed} ${begins} ${endOf(to, after)}`;
}

/** One upper bound: with two, the index might be entered where the list began. */
function endOf(to: number | null, after: AuditPlace | null): Sql {
  if (after !== null && (to === null || after.at < to)) return sql`AND (at, id) < (${after.at}, ${after.id})`;
  return to === null ? sql`` : sql`AND at < ${to}`;
}
