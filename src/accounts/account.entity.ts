import { Column, Entity, ForeignKey, Index, PrimaryGeneratedColumn } from 'typeorm';

/** The personal account that is made with each user. Its id is the decimal one that 002 shows. */
@Entity('accounts')
export class AccountEntity {
  @PrimaryGeneratedColumn('increment', { type: 'integer' })
  id: number;

  @Index('accounts_owner', { unique: true })
  @ForeignKey('UserEntity', { name: 'accounts_owner_fk', onDelete: 'CASCADE' })
  @Column('varchar', { name: 'owner_id', length: 36 })
  ownerId: string;

  @Column('varchar', { length: 150 })
  name: string;

  /** Null until its owner gives one: then it is shown under its name. */
  @Column('varchar', { name: 'display_name', length: 100, nullable: true })
  displayName: string | null;

  @Column('varchar', { length: 1000, nullable: true })
  description: string | null;

  /** The name of an image in the media folder. */
  @Column('varchar', { length: 80, nullable: true })
  avatar: string | null;

  @Column('varchar', { name: 'profile_cover', length: 80, nullable: true })
  profileCover: string | null;

  @Column('bigint', { name: 'created_at' })
  createdAt: number;

  @Column('bigint', { name: 'updated_at' })
  updatedAt: number;
}
