import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';

/** A passkey: the public half of a key pair whose other half never leaves its user's device. */
@Entity('passkeys')
@Index('passkeys_user', ['userId', 'id'])
export class PasskeyEntity {
  @PrimaryColumn('varchar', { length: 36 })
  id: string;

  @ForeignKey('UserEntity', { name: 'passkeys_user_fk', onDelete: 'CASCADE' })
  @Column('varchar', { name: 'user_id', length: 36 })
  userId: string;

  /** The device's name for it, base64url: at most 1,023 bytes (WebAuthn 4). */
  @Index('passkeys_credential', { unique: true })
  @Column('varchar', { name: 'credential_id', length: 1_364 })
  credentialId: string;

  /** A COSE key, base64url. */
  @Column('text', { name: 'public_key' })
  publicKey: string;

  /** The newest count of signatures that was shown; 0 for a device that counts none. */
  @Column('bigint')
  counter: number;

  /** How a browser reaches the device. */
  @Column('simple-json')
  transports: string[];

  /** What its user calls it. */
  @Column('varchar', { length: 100 })
  name: string;

  /** Whether it is kept in more places than the device. */
  @Column('boolean', { name: 'backed_up' })
  backedUp: boolean;

  @Column('bigint', { name: 'created_at' })
  createdAt: number;

  @Column('bigint', { name: 'last_used_at', nullable: true })
  lastUsedAt: number | null;
}
