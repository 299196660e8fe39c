import { Column, Entity, ForeignKey, PrimaryColumn } from 'typeorm';

/** What is kept of a user's codes by e-mail: whether he asked for them, and the attempts at them. */
@Entity('email_factors')
export class EmailFactorEntity {
  @ForeignKey('UserEntity', { name: 'email_factors_user_fk', onDelete: 'CASCADE' })
  @PrimaryColumn('varchar', { name: 'user_id', length: 36 })
  userId: string;

  /** Where codes go: the newest address of his that was confirmed; null while he has not asked for them. */
  @Column('varchar', { length: 254, nullable: true })
  address: string | null;

  /** When he asked for them; null when he has not, and only who must have a factor is mailed codes. */
  @Column('bigint', { name: 'enabled_at', nullable: true })
  enabledAt: number | null;

  /** Codes tried since the last right one. */
  @Column('integer')
  attempts: number;

  @Column('bigint', { name: 'attempted_at' })
  attemptedAt: number;

  /** Until then no code is looked at; 0 when it is not locked. */
  @Column('bigint', { name: 'locked_until' })
  lockedUntil: number;
}
