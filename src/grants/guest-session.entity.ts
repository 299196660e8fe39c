import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** The session of a browser in which nobody is signed in. What it opens hangs on its id, elsewhere. */
@Entity('guest_sessions')
export class GuestSessionEntity {
  @PrimaryColumn('varchar', { length: 36 })
  id: string;

  @Column('varchar', { length: 32 })
  surface: string;

  /** Of the one cookie that opens it. */
  @Index('guest_sessions_digest', { unique: true })
  @Column('varchar', { length: 64 })
  digest: string;

  @Column('bigint', { name: 'created_at' })
  createdAt: number;

  @Index('guest_sessions_expires')
  @Column('bigint', { name: 'expires_at' })
  expiresAt: number;

  /** Milliseconds without use after which it ends. */
  @Column('bigint', { name: 'idle_ttl' })
  idleTtl: number;

  @Column('bigint', { name: 'last_used_at' })
  lastUsedAt: number;

  @Index('guest_sessions_revoked')
  @Column('bigint', { name: 'revoked_at', nullable: true })
  revokedAt: number | null;

  /** The session of whoever signed in with this browser: it has what this one had. */
  @Index('guest_sessions_successor')
  @Column('varchar', { name: 'successor_id', length: 36, nullable: true })
  successorId: string | null;

  @Column('varchar', { length: 64 })
  address: string;

  @Column('varchar', { name: 'user_agent', length: 256 })
  userAgent: string;
}
