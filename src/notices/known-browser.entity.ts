import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';

/**
 * A browser and address from which a user has signed in, as an HMAC; with an empty digest, that he has
 * signed in at all, which is remembered as long as he is.
 */
@Entity('known_browsers')
export class KnownBrowserEntity {
  @ForeignKey('UserEntity', { name: 'known_browsers_user_fk', onDelete: 'CASCADE' })
  @PrimaryColumn('varchar', { name: 'user_id', length: 36 })
  userId: string;

  @PrimaryColumn('varchar', { length: 64 })
  digest: string;

  @Column('bigint', { name: 'first_seen_at' })
  firstSeenAt: number;

  /** A day behind at most; null where the digest is empty. */
  @Index('known_browsers_last')
  @Column('bigint', { name: 'last_seen_at', nullable: true })
  lastSeenAt: number | null;
}
