import { sql } from '../database/sql.js';
import type { AuditActorKind, AuditEvent } from './audit-event.js';
import type { AuditKind } from './audit-kinds.js';

/** The columns of `audit_events e`. */
export const EVENT_COLUMNS = sql`e.id, e.at, e.kind, e.actor_kind, e.actor_id, e.user_id, e.object_id,
  e.address, e.request_id, e.surface`;

export interface EventRow {
  id: string;
  at: number;
  kind: AuditKind;
  actor_kind: AuditActorKind;
  actor_id: string | null;
  user_id: string | null;
  object_id: string | null;
  address: string;
  request_id: string;
  surface: string | null;
}

export function toAuditEvent(row: EventRow): AuditEvent {
  return {
    id: row.id,
    at: row.at,
    kind: row.kind,
    actorKind: row.actor_kind,
    actorId: row.actor_id,
    userId: row.user_id,
    objectId: row.object_id,
    address: row.address,
    requestId: row.request_id,
    surface: row.surface,
  };
}
