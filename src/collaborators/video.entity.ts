import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';

/** A video of another system, known here because somebody has invited collaborators to it. */
@Entity('videos')
export class VideoEntity {
  /** That system's own. */
  @PrimaryColumn('bigint')
  id: number;

  /** Who was the first to invite. */
  @Index('videos_owner')
  @ForeignKey('UserEntity', { name: 'videos_users_fk', onDelete: 'CASCADE' })
  @Column('varchar', { name: 'owner_id', length: 36 })
  ownerId: string;

  @Column('bigint', { name: 'created_at' })
  createdAt: number;
}
