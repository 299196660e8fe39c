import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/**
 * What becomes of a mail: `pending` until a server has taken it, then `sent`; `dead` when 24 h of
 * attempts failed; `void` was never meant to be sent.
 */
export type OutboxState = 'pending' | 'sent' | 'dead' | 'void';

/** One mail to one recipient. `content` is sealed and is null once the mail is sent. */
@Entity('outbox')
@Index('outbox_due', ['state', 'nextAttemptAt'])
@Index('outbox_state', ['state', 'id'])
@Index('outbox_user', ['userId', 'id'])
@Index('outbox_recipient', ['recipient', 'id'])
export class OutboxMailEntity {
  @PrimaryColumn('varchar', { length: 36 })
  id: string;

  @Column('varchar', { length: 48 })
  kind: string;

  @Column('varchar', { length: 254 })
  recipient: string;

  @Column('varchar', { name: 'user_id', length: 36, nullable: true })
  userId: string | null;

  @Column('varchar', { length: 8 })
  state: OutboxState;

  @Column('text', { nullable: true })
  content: string | null;

  @Column('integer')
  attempts: number;

  @Column('bigint', { name: 'created_at' })
  createdAt: number;

  /** Of a dead mail: when it died. */
  @Column('bigint', { name: 'next_attempt_at' })
  nextAttemptAt: number;

  @Column('bigint', { name: 'leased_until', nullable: true })
  leasedUntil: number | null;

  @Column('varchar', { name: 'lease_holder', length: 36, nullable: true })
  leaseHolder: string | null;

  @Index('outbox_sent')
  @Column('bigint', { name: 'sent_at', nullable: true })
  sentAt: number | null;

  /** Codes only: a server's own sentence may quote the mail. */
  @Column('varchar', { name: 'last_error', length: 300, nullable: true })
  lastError: string | null;
}
