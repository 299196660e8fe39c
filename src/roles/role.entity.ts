import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** A free role of administrators: a name and permissions. The built-in ones are code. */
@Entity('roles')
@Index('roles_search', ['searchKey', 'id'])
export class RoleEntity {
  @PrimaryColumn('varchar', { length: 36 })
  id: string;

  @Index('roles_name', { unique: true })
  @Column('varchar', { length: 150 })
  name: string;

  /** The name as it is looked for, compared byte by byte. */
  @Column({ type: 'varchar', name: 'search_key', length: 150, nullable: true, collation: 'C' })
  searchKey: string;

  @Column('simple-json')
  permissions: string[];

  @Column('bigint', { name: 'created_at' })
  createdAt: number;

  @Column('bigint', { name: 'updated_at' })
  updatedAt: number;
}
