import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** An event that has no seal yet. */
@Entity('audit_pending')
export class AuditPendingEntity {
  @PrimaryColumn('varchar', { name: 'event_id', length: 36 })
  eventId: string;
}

/** A link of the chain. Only added to. */
@Entity('audit_seals')
export class AuditSealEntity {
  @PrimaryColumn('bigint')
  seq: number;

  @Index('audit_seals_event', { unique: true })
  @Column('varchar', { name: 'event_id', length: 36 })
  eventId: string;

  @Column('varchar', { length: 64 })
  hash: string;
}

/** The newest seal once more, under SECRET_KEY: who cuts off the tail cannot make this row fit. */
@Entity('audit_head')
export class AuditHeadEntity {
  @PrimaryColumn('integer')
  id: number;

  @Column('bigint')
  seq: number;

  @Column('varchar', { length: 64 })
  hash: string;

  @Column('varchar', { length: 128 })
  mac: string;
}
