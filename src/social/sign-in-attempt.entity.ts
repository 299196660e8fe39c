import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** A browser that has left for a provider and has not come back. */
@Entity('sign_in_attempts')
export class SignInAttemptEntity {
  /** SHA-256 of what the provider hands back with the browser. */
  @PrimaryColumn('varchar', { length: 64 })
  digest: string;

  @Column('varchar', { length: 64 })
  provider: string;

  /** SHA-256 of the secret in the browser's cookie. */
  @Column('varchar', { name: 'browser_digest', length: 64 })
  browserDigest: string;

  /** Encrypted, for this row. */
  @Column('text')
  secret: string;

  /** What the page that opened the window wants to be called by; null for nothing. */
  @Column('varchar', { length: 128, nullable: true })
  callback: string | null;

  @Index('sign_in_attempts_end')
  @Column('bigint', { name: 'expires_at' })
  expiresAt: number;
}
