import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';

/** One mailed secret, as its digest. */
@Entity('one_time_tokens')
@Index('one_time_tokens_user', ['userId', 'purpose'])
export class OneTimeTokenEntity {
  @PrimaryColumn('varchar', { length: 36 })
  id: string;

  @Column('varchar', { length: 32 })
  purpose: string;

  @Index('one_time_tokens_digest', { unique: true })
  @Column('varchar', { length: 64 })
  digest: string;

  /** Null for a decoy, which makes an unknown name cost the same work and opens nothing. */
  @ForeignKey('UserEntity', { name: 'one_time_tokens_user_fk', onDelete: 'CASCADE' })
  @Column('varchar', { name: 'user_id', length: 36, nullable: true })
  userId: string | null;

  /** Where it was mailed to; redeeming it confirms this address. */
  @Column('varchar', { length: 254, nullable: true })
  address: string | null;

  /** The user's epoch when it was made: it dies when his sessions are ended. */
  @Column('integer')
  epoch: number;

  @Column('bigint', { name: 'created_at' })
  createdAt: number;

  @Index('one_time_tokens_expires')
  @Column('bigint', { name: 'expires_at' })
  expiresAt: number;

  @Column('bigint', { name: 'consumed_at', nullable: true })
  consumedAt: number | null;
}
