import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import type { ProfileKind } from './profile.js';

/** An artist or a venue, of one user. */
@Entity('profiles')
@Index('profiles_owner', ['ownerId', 'id'])
export class ProfileEntity {
  @PrimaryColumn('varchar', { length: 36 })
  id: string;

  @Column('varchar', { length: 8 })
  kind: ProfileKind;

  @ForeignKey('UserEntity', { name: 'profiles_owner_fk', onDelete: 'CASCADE' })
  @Column('varchar', { name: 'owner_id', length: 36 })
  ownerId: string;

  @Column('varchar', { length: 150 })
  name: string;

  /** The texts that a profile of this kind may have beside its name. */
  @Column('simple-json')
  details: Record<string, string>;

  @Column('bigint', { name: 'created_at' })
  createdAt: number;

  @Column('bigint', { name: 'updated_at' })
  updatedAt: number;
}
