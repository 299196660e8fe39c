import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';

/** The code that was mailed for one sign-in that waits; a sign-in has one at most. */
@Entity('mailed_codes')
export class MailedCodeEntity {
  @ForeignKey('GrantEntity', { name: 'mailed_codes_grant_fk', onDelete: 'CASCADE' })
  @PrimaryColumn('varchar', { name: 'grant_id', length: 36 })
  grantId: string;

  @Index('mailed_codes_user')
  @ForeignKey('UserEntity', { name: 'mailed_codes_user_fk', onDelete: 'CASCADE' })
  @Column('varchar', { name: 'user_id', length: 36 })
  userId: string;

  /** HMAC under `SECRET_KEY` of the code and the sign-in. */
  @Column('varchar', { length: 64 })
  digest: string;

  @Index('mailed_codes_end')
  @Column('bigint', { name: 'expires_at' })
  expiresAt: number;
}
