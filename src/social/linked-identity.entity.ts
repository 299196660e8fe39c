import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';

/** An account elsewhere that opens a user's. No token of the provider's is kept. */
@Entity('linked_identities')
@Index('linked_identities_subject', ['issuer', 'subject'], { unique: true })
export class LinkedIdentityEntity {
  @PrimaryColumn('varchar', { length: 36 })
  id: string;

  @Column('varchar', { length: 255 })
  issuer: string;

  @Column('varchar', { length: 255 })
  subject: string;

  @Index('linked_identities_user')
  @ForeignKey('UserEntity', { name: 'linked_identities_user_fk', onDelete: 'CASCADE' })
  @Column('varchar', { name: 'user_id', length: 36 })
  userId: string;

  /** By what name its provider was configured. */
  @Column('varchar', { length: 64 })
  provider: string;

  /** What the provider called him when it was linked. */
  @Column('varchar', { length: 100, nullable: true })
  label: string | null;

  @Column('bigint', { name: 'created_at' })
  createdAt: number;
}
