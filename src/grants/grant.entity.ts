import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import type { Level } from '../common/levels.js';
import type { CredentialFormat, CredentialUse, GrantKind, PendingNeed } from './grant.js';

/** A session or permanent key: what every credential hangs on (contract 3.2). */
@Entity('grants')
@Index('grants_user', ['userId', 'id'])
export class GrantEntity {
  @PrimaryColumn('varchar', { length: 36 })
  id: string;

  @ForeignKey('UserEntity', { name: 'grants_user_fk', onDelete: 'CASCADE' })
  @Column('varchar', { name: 'user_id', length: 36, nullable: true })
  userId: string | null;

  @Column('varchar', { name: 'client_id', length: 128, nullable: true })
  clientId: string | null;

  /** The client's epoch when it was given; it counts while the client's is the same. */
  @Column('integer', { name: 'client_epoch', nullable: true })
  clientEpoch: number | null;

  @Column('varchar', { length: 32 })
  surface: string;

  @Column('varchar', { length: 16 })
  kind: GrantKind;

  /** What a pending grant waits for; null once the sign-in is complete. */
  @Column('varchar', { length: 16, nullable: true })
  needs: PendingNeed | null;

  /** How often a pending sign-in was tried to be completed; null before the first time. */
  @Column('integer', { nullable: true })
  attempts: number | null;

  @Column('simple-json')
  scope: string[];

  /** The highest place on the ladder that it gives; null is the user's own. */
  @Column('varchar', { length: 16, nullable: true })
  level: Level | null;

  /** All that it may give of an administrator's permissions; null is whatever the user has. */
  @Column('simple-json', { nullable: true })
  permissions: string[] | null;

  /** Where it counts beside the user's own networks; null is wherever he does. */
  @Column('simple-json', { nullable: true })
  networks: string[] | null;

  /** The user's epoch when it was given; it counts while the user's is the same. */
  @Column('integer')
  epoch: number;

  @Column('bigint', { name: 'created_at' })
  createdAt: number;

  @Column('bigint', { name: 'authenticated_at' })
  authenticatedAt: number;

  @Index('grants_expires')
  @Column('bigint', { name: 'expires_at' })
  expiresAt: number;

  /** Milliseconds without use after which it ends; null when only `expiresAt` ends it. */
  @Column('bigint', { name: 'idle_ttl', nullable: true })
  idleTtl: number | null;

  @Column('bigint', { name: 'last_used_at' })
  lastUsedAt: number;

  @Index('grants_revoked')
  @Column('bigint', { name: 'revoked_at', nullable: true })
  revokedAt: number | null;

  @Column('varchar', { name: 'revoke_reason', length: 32, nullable: true })
  revokeReason: string | null;

  @Column('varchar', { length: 64 })
  address: string;

  @Column('varchar', { name: 'user_agent', length: 256 })
  userAgent: string;

  @Column('varchar', { length: 150 })
  description: string;
}

/** One credential of a grant, as its digest. */
@Entity('credentials')
export class CredentialEntity {
  @PrimaryColumn('varchar', { length: 36 })
  id: string;

  @Index('credentials_grant')
  @ForeignKey(() => GrantEntity, { name: 'credentials_grant_fk', onDelete: 'CASCADE' })
  @Column('varchar', { name: 'grant_id', length: 36 })
  grantId: string;

  @Column('varchar', { length: 16 })
  use: CredentialUse;

  @Column('varchar', { length: 8 })
  format: CredentialFormat;

  @Index('credentials_digest', { unique: true })
  @Column('varchar', { length: 64 })
  digest: string;

  @Column('bigint', { name: 'created_at' })
  createdAt: number;

  @Index('credentials_expires')
  @Column('bigint', { name: 'expires_at' })
  expiresAt: number;

  @Column('bigint', { name: 'consumed_at', nullable: true })
  consumedAt: number | null;
}
