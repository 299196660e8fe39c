import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';

/** A browser in which its user is not asked for a second factor for a while: the digest of its cookie. */
@Entity('trusted_devices')
@Index('trusted_devices_user', ['userId', 'id'])
export class TrustedDeviceEntity {
  @PrimaryColumn('varchar', { length: 36 })
  id: string;

  @ForeignKey('UserEntity', { name: 'trusted_devices_user_fk', onDelete: 'CASCADE' })
  @Column('varchar', { name: 'user_id', length: 36 })
  userId: string;

  @Index('trusted_devices_digest', { unique: true })
  @Column('varchar', { length: 64 })
  digest: string;

  /** The user's epoch when it was trusted: whatever ends all his sessions ends this too. */
  @Column('integer')
  epoch: number;

  @Column('varchar', { name: 'user_agent', length: 256 })
  userAgent: string;

  @Column('varchar', { length: 64 })
  address: string;

  @Column('bigint', { name: 'created_at' })
  createdAt: number;

  @Column('bigint', { name: 'last_used_at' })
  lastUsedAt: number;

  @Index('trusted_devices_end')
  @Column('bigint', { name: 'expires_at' })
  expiresAt: number;
}
