import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import type { Level, UserType } from '../common/levels.js';
import type { UserState } from './user.js';

/** One person or system that signs in. `grantEpoch` + 1 ends every session at once. */
@Entity('users')
@Index('users_state', ['state', 'id'])
@Index('users_type', ['type', 'id'])
@Index('users_directory', ['type', 'level', 'state', 'id'])
export class UserEntity {
  @PrimaryColumn('varchar', { length: 36 })
  id: string;

  @Column('varchar', { length: 8 })
  type: UserType;

  @Index('users_level')
  @Column('varchar', { length: 16 })
  level: Level;

  @Column('varchar', { length: 8 })
  state: UserState;

  @Index('users_email')
  @Column('varchar', { length: 254, nullable: true })
  email: string | null;

  @Column('varchar', { length: 254, nullable: true })
  username: string | null;

  @Column('varchar', { length: 32, nullable: true })
  phone: string | null;

  @Column('varchar', { length: 64, nullable: true })
  card: string | null;

  @Column('varchar', { name: 'first_name', length: 150 })
  firstName: string;

  @Column('varchar', { name: 'last_name', length: 150 })
  lastName: string;

  @Column('varchar', { length: 8, nullable: true })
  locale: string | null;

  @Column('bigint', { name: 'email_confirmed_at', nullable: true })
  emailConfirmedAt: number | null;

  @Column('varchar', { name: 'password_hash', length: 512, nullable: true })
  passwordHash: string | null;

  @Column('bigint', { name: 'password_changed_at', nullable: true })
  passwordChangedAt: number | null;

  @Column('integer', { name: 'grant_epoch' })
  grantEpoch: number;

  @Column('boolean', { name: 'unsubscribed_from_all' })
  unsubscribedFromAll: boolean;

  @Column('simple-json', { name: 'unsubscribed_from' })
  unsubscribedFrom: string[];

  /** Free roles beside the level, in the order in which they were given. */
  @Column('simple-json')
  roles: string[];

  /** Addresses and CIDR ranges from which his credentials count; an empty list is every address. */
  @Column('simple-json')
  networks: string[];

  @Column('varchar', { length: 500, nullable: true })
  address: string | null;

  @Column('varchar', { name: 'zip_code', length: 32, nullable: true })
  zipCode: string | null;

  /** When he accepted the terms, where a door asks for it. */
  @Column('bigint', { name: 'accepted_terms_at', nullable: true })
  acceptedTermsAt: number | null;

  /** The free role of an administrator; null for everybody whose level says it all. */
  @Index('users_role')
  @Column('varchar', { name: 'role_id', length: 36, nullable: true })
  roleId: string | null;

  @Column('bigint', { name: 'created_at' })
  createdAt: number;

  @Column('bigint', { name: 'updated_at' })
  updatedAt: number;
}

/** One identifier in the one name space of contract 3.10; `value` is its normalised spelling. */
@Entity('user_identifiers')
export class UserIdentifierEntity {
  /** Compared byte by byte, as SQLite does anyway, so that a prefix search is a range on the key. */
  @PrimaryColumn('varchar', { length: 320, collation: 'C' })
  value: string;

  @Column('varchar', { length: 8 })
  kind: string;

  @Index('user_identifiers_user')
  @ForeignKey(() => UserEntity, { name: 'user_identifiers_user_fk', onDelete: 'CASCADE' })
  @Column('varchar', { name: 'user_id', length: 36 })
  userId: string;
}
