import { Injectable } from '@nestjs/common';
import type { Db } from '../database/db.js';
import {
  told,
  toldPage,
  type DataSubject,
  type Look,
  type ToldPage,
} from '../database/personal-data.service.js';
import { sql } from '../database/sql.js';
import { EVENT_COLUMNS, toAuditEvent, type EventRow } from './audit-rows.js';
import type { AuditEvent } from './audit-event.js';

/** What the audit trail tells of somebody: what was done to him, and of others not who did it or from where. */
@Injectable()
export class PersonalEventsRepository {
  async tell(db: Db, { userId }: DataSubject, look: Look): Promise<ToldPage> {
    const [at = '-1', id = ''] = look.after?.split(' ') ?? [];
    const rows = await db.query<EventRow>(
      sql`SELECT ${EVENT_COLUMNS} FROM audit_events e
          WHERE e.user_id = ${userId} AND (e.at, e.id) > (${Number(at)}, ${id})
          ORDER BY e.at, e.id LIMIT ${look.limit}`,
    );
    return toldPage(
      rows.map(toAuditEvent),
      look,
      (event) => `${event.at} ${event.id}`,
      (event) => tellOf(event, userId),
    );
  }
}

function tellOf(event: AuditEvent, userId: string) {
  const isOwn = event.actorKind === 'user' && event.actorId === userId;
  return {
    id: event.id,
    at: told(event.at),
    kind: event.kind,
    isOwn,
    objectId: event.objectId,
    address: isOwn ? event.address : null,
    surface: isOwn ? event.surface : null,
  };
}
