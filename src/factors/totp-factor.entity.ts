import { Column, Entity, ForeignKey, PrimaryColumn } from 'typeorm';

/** An authenticator app of a user; he has one at most. */
@Entity('totp_factors')
export class TotpFactorEntity {
  @ForeignKey('UserEntity', { name: 'totp_factors_user_fk', onDelete: 'CASCADE' })
  @PrimaryColumn('varchar', { name: 'user_id', length: 36 })
  userId: string;

  /** The shared secret in Base32, sealed under `SECRET_KEY`. */
  @Column('text')
  secret: string;

  @Column('bigint', { name: 'created_at' })
  createdAt: number;

  /** When its owner has shown that his app has the secret; null before, when it counts for nothing. */
  @Column('bigint', { name: 'confirmed_at', nullable: true })
  confirmedAt: number | null;

  /** The newest step whose code was used: neither it nor an older one works again. */
  @Column('bigint', { name: 'last_step' })
  lastStep: number;

  /** Codes tried since the last right one. */
  @Column('integer')
  attempts: number;

  @Column('bigint', { name: 'attempted_at' })
  attemptedAt: number;

  /** Until then no code is looked at; 0 when it is not locked. */
  @Column('bigint', { name: 'locked_until' })
  lockedUntil: number;
}
