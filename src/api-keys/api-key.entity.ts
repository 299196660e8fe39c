import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';

/** What a permanent key is called; whose it is and whether it counts stands with its grant. */
@Entity('api_keys')
export class ApiKeyEntity {
  @ForeignKey('GrantEntity', { name: 'api_keys_grant_fk', onDelete: 'CASCADE' })
  @PrimaryColumn('varchar', { name: 'grant_id', length: 36 })
  grantId: string;

  @Column('varchar', { length: 150 })
  name: string;

  /** The last four characters of a key that we made, to tell it by; empty for a chosen one. */
  @Column('varchar', { length: 8 })
  hint: string;

  /** The user who made it; null for the system and the master key. */
  @Index('api_keys_maker')
  @Column('varchar', { name: 'created_by', length: 36, nullable: true })
  createdBy: string | null;
}
