import { Injectable } from '@nestjs/common';
import type { Db, Tx } from '../database/db.js';
import { join, sql } from '../database/sql.js';
import type { AuditEvent, AuditSeal } from './audit-event.js';
import { EVENT_COLUMNS, toAuditEvent, type EventRow } from './audit-rows.js';

/** The newest seal as it is kept under SECRET_KEY; before the first one `seq` is 0 and the texts are empty. */
export interface ChainHead {
  readonly seq: number;
  readonly hash: string;
  readonly mac: string;
}

/** A seal with the event that it seals; null when that is gone. */
export interface SealedEvent extends AuditSeal {
  readonly event: AuditEvent | null;
}

/** An event without a seal; `at` in ms since 1970. */
export interface UnsealedEvent {
  readonly id: string;
  readonly at: number;
  readonly isPending: boolean;
}

/** The chain over the events. */
@Injectable()
export class AuditChainRepository {
  async hasPending(db: Db): Promise<boolean> {
    return (await db.query(sql`SELECT event_id FROM audit_pending LIMIT 1`)).length > 0;
  }

  /** The head, which nobody else moves until the unit ends; null when the row is gone. */
  async headForUpdate(tx: Tx): Promise<ChainHead | null> {
    const [head] = await tx.query<ChainHead>(
      sql`UPDATE audit_head SET seq = seq WHERE id = 1 RETURNING seq, hash, mac`,
    );
    return head ?? null;
  }

  async findHead(db: Db): Promise<ChainHead | null> {
    const [head] = await db.query<ChainHead>(sql`SELECT seq, hash, mac FROM audit_head WHERE id = 1`);
    return head ?? null;
  }

  /** Up to `limit` events without a seal, oldest first. */
  async findPending(tx: Tx, limit: number): Promise<AuditEvent[]> {
    const rows = await tx.query<EventRow>(
      sql`SELECT ${EVENT_COLUMNS} FROM audit_pending p JOIN audit_events e ON e.id = p.event_id
          ORDER BY p.event_id LIMIT ${limit}`,
    );
    return rows.map(toAuditEvent);
  }

  /** Adds seals, at least one, and moves the head; their events are pending no more. */
  async append(tx: Tx, seals: readonly AuditSeal[], head: ChainHead): Promise<void> {
    const ids = seals.map(({ eventId }) => eventId);
    await tx.execute(sql`DELETE FROM audit_pending WHERE event_id IN (${join(ids)})`);
    await this.appendNew(tx, seals, head);
  }

  /** The same for events that were never pending. */
  async appendNew(tx: Tx, seals: readonly AuditSeal[], head: ChainHead): Promise<void> {
    const rows = seals.map(({ seq, eventId, hash }) => sql`(${seq}, ${eventId}, ${hash})`);
    await tx.execute(sql`INSERT INTO audit_seals (seq, event_id, hash) VALUES ${join(rows)}`);
    await tx.execute(
      sql`UPDATE audit_head SET seq = ${head.seq}, hash = ${head.hash}, mac = ${head.mac} WHERE id = 1`,
    );
  }

  /** Seals after `seq`, in order, with their events. */
  async findSealsAfter(db: Db, seq: number, limit: number): Promise<SealedEvent[]> {
    const rows = await db.query<Partial<EventRow> & { seq: number; event_id: string; hash: string }>(
      sql`SELECT s.seq, s.event_id, s.hash, ${EVENT_COLUMNS}
          FROM audit_seals s LEFT JOIN audit_events e ON e.id = s.event_id
          WHERE s.seq > ${seq} ORDER BY s.seq LIMIT ${limit}`,
    );
    return rows.map((row) => ({
      seq: row.seq,
      eventId: row.event_id,
      hash: row.hash,
      event: row.id ? toAuditEvent(row as EventRow) : null,
    }));
  }

  /** Whether there is a seal that the head does not know of, as of one moment. */
  async hasSealsBeyondHead(db: Db): Promise<boolean> {
    const rows = await db.query(
      sql`SELECT s.seq FROM audit_seals s WHERE s.seq > (SELECT h.seq FROM audit_head h WHERE h.id = 1) LIMIT 1`,
    );
    return rows.length > 0;
  }

  /** Up to `limit` events after `afterId` by id, those among them that have no seal, and the last one's id. */
  async findUnsealed(
    db: Db,
    afterId: string,
    limit: number,
  ): Promise<{ unsealed: UnsealedEvent[]; lastId: string | null }> {
    const rows = await db.query<{
      id: string;
      at: number;
      sealed_id: string | null;
      pending_id: string | null;
    }>(
      sql`SELECT e.id, e.at, s.event_id AS sealed_id, p.event_id AS pending_id
          FROM (SELECT id, at FROM audit_events WHERE id > ${afterId} ORDER BY id LIMIT ${limit}) e
          LEFT JOIN audit_seals s ON s.event_id = e.id LEFT JOIN audit_pending p ON p.event_id = e.id
          ORDER BY e.id`,
    );
    const unsealed = rows
      .filter((row) => row.sealed_id === null)
      .map(({ id, at, pending_id: pendingId }) => ({ id, at, isPending: pendingId !== null }));
    return { unsealed, lastId: rows.at(-1)?.id ?? null };
  }

  /** Up to `limit` events that wait for a seal and are gone. */
  async findPendingWithoutEvent(db: Db, limit: number): Promise<string[]> {
    const rows = await db.query<{ event_id: string }>(
      sql`SELECT p.event_id FROM audit_pending p LEFT JOIN audit_events e ON e.id = p.event_id
          WHERE e.id IS NULL ORDER BY p.event_id LIMIT ${limit}`,
    );
    return rows.map((row) => row.event_id);
  }
}
