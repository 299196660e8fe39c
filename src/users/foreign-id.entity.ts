import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';

/** By which id another system knows a user; `source` names the system. One id a system and user. */
@Entity('user_foreign_ids')
@Index('user_foreign_ids_user', ['userId', 'source'], { unique: true })
export class ForeignIdEntity {
  @PrimaryColumn('varchar', { length: 64 })
  source: string;

  @PrimaryColumn('varchar', { name: 'foreign_id', length: 255 })
  foreignId: string;

  @ForeignKey('UserEntity', { name: 'user_foreign_ids_user_fk', onDelete: 'CASCADE' })
  @Column('varchar', { name: 'user_id', length: 36 })
  userId: string;
}
