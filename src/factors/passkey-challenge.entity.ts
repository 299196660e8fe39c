import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** A challenge that a passkey is to sign: digests alone. */
@Entity('passkey_challenges')
export class PasskeyChallengeEntity {
  /** SHA-256 of the challenge. */
  @PrimaryColumn('varchar', { length: 64 })
  digest: string;

  @Column('varchar', { length: 16 })
  purpose: string;

  /** SHA-256 of what only who asked for it can show. */
  @Column('varchar', { name: 'holder_digest', length: 64 })
  holderDigest: string;

  @Index('passkey_challenges_end')
  @Column('bigint', { name: 'expires_at' })
  expiresAt: number;
}
