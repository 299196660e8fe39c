import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';

/** A file of the media folder. It is written before its file, and goes after it. */
@Entity('media')
@Index('media_account', ['accountId', 'createdAt'])
export class MediaEntity {
  @PrimaryColumn('varchar', { length: 80 })
  name: string;

  /** The account that shows it; null before its upload is finished and once nobody shows it any more. */
  @ForeignKey('AccountEntity', { name: 'media_account_fk', onDelete: 'SET NULL' })
  @Column('integer', { name: 'account_id', nullable: true })
  accountId: number | null;

  @Column('bigint', { name: 'created_at' })
  createdAt: number;
}
