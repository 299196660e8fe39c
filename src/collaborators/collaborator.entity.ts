import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { VideoEntity } from './video.entity.js';

/** Somebody who was invited to a video; he needs no account. */
@Entity('collaborators')
@Index('collaborators_video', ['videoId', 'email'], { unique: true })
@Index('collaborators_email', ['email', 'id'])
export class CollaboratorEntity {
  @PrimaryColumn('varchar', { length: 36 })
  id: string;

  @ForeignKey(() => VideoEntity, { name: 'collaborators_videos_fk', onDelete: 'CASCADE' })
  @Column('bigint', { name: 'video_id' })
  videoId: number;

  /** Normalised. */
  @Column('varchar', { length: 254 })
  email: string;

  @Column('varchar', { length: 150 })
  name: string;

  @Column('boolean', { name: 'can_download' })
  canDownload: boolean;

  @Column('boolean', { name: 'can_comment' })
  canComment: boolean;

  @Column('bigint', { name: 'created_at' })
  createdAt: number;

  /** The end of his newest token. */
  @Index('collaborators_expires')
  @Column('bigint', { name: 'expires_at' })
  expiresAt: number;
}

/** One mailed token, as its digest. It works until it expires or its collaborator is removed. */
@Entity('collaborator_tokens')
export class CollaboratorTokenEntity {
  @PrimaryColumn('varchar', { length: 64 })
  digest: string;

  @Index('collaborator_tokens_collaborator')
  @ForeignKey(() => CollaboratorEntity, { name: 'collaborator_tokens_collaborators_fk', onDelete: 'CASCADE' })
  @Column('varchar', { name: 'collaborator_id', length: 36 })
  collaboratorId: string;

  @Column('bigint', { name: 'created_at' })
  createdAt: number;

  @Index('collaborator_tokens_expires')
  @Column('bigint', { name: 'expires_at' })
  expiresAt: number;
}

/** A session in which a token was shown, a user's or a guest's, and what for; as long as that token lives. */
@Entity('collaborator_sessions')
export class CollaboratorSessionEntity {
  @PrimaryColumn('varchar', { name: 'session_id', length: 36 })
  sessionId: string;

  @Index('collaborator_sessions_collaborator')
  @ForeignKey(() => CollaboratorEntity, {
    name: 'collaborator_sessions_collaborators_fk',
    onDelete: 'CASCADE',
  })
  @PrimaryColumn('varchar', { name: 'collaborator_id', length: 36 })
  collaboratorId: string;

  @Index('collaborator_sessions_expires')
  @Column('bigint', { name: 'expires_at' })
  expiresAt: number;
}
