import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** How far the import of a file has come. Holds nothing of what is in the file but its digest. */
@Entity('user_imports')
export class ImportRunEntity {
  @PrimaryColumn('varchar', { length: 64 })
  digest: string;

  /** How many rows of the file are done with. */
  @Column('integer', { name: 'next_row' })
  nextRow: number;

  @Column('integer')
  created: number;

  @Column('integer', { name: 'already_there' })
  alreadyThere: number;

  @Column('integer')
  faulty: number;

  @Column('bigint', { name: 'started_at' })
  startedAt: number;

  @Index('user_imports_end')
  @Column('bigint', { name: 'updated_at' })
  updatedAt: number;

  @Column('bigint', { name: 'finished_at', nullable: true })
  finishedAt: number | null;
}
