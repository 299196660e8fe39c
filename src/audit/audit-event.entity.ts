import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import type { AuditActorKind } from './audit-event.js';
import type { AuditKind } from './audit-kinds.js';

/** Who did what to whom. Only added to; no foreign key, so that erasing somebody leaves it whole. */
@Entity('audit_events')
@Index('audit_events_at', ['at', 'id'])
@Index('audit_events_user', ['userId', 'at', 'id'])
@Index('audit_events_actor', ['actorId', 'at', 'id'])
@Index('audit_events_kind', ['kind', 'at', 'id'])
export class AuditEventEntity {
  @PrimaryColumn('varchar', { length: 36 })
  id: string;

  @Column('bigint')
  at: number;

  @Column('varchar', { length: 32 })
  kind: AuditKind;

  @Column('varchar', { name: 'actor_kind', length: 16 })
  actorKind: AuditActorKind;

  @Column('varchar', { name: 'actor_id', length: 128, nullable: true })
  actorId: string | null;

  @Column('varchar', { name: 'user_id', length: 36, nullable: true })
  userId: string | null;

  @Column('varchar', { name: 'object_id', length: 128, nullable: true })
  objectId: string | null;

  @Column('varchar', { length: 64 })
  address: string;

  @Column('varchar', { name: 'request_id', length: 128 })
  requestId: string;

  @Column('varchar', { length: 32, nullable: true })
  surface: string | null;
}
