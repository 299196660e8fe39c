import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** One announced change; `seq` is the order of the commits. */
@Entity('change')
export class ChangeEntity {
  @PrimaryColumn('bigint')
  seq: number;

  @Column('varchar', { length: 128 })
  subject: string;

  @Index('change_at')
  @Column('bigint')
  at: number;
}

/** The one row whose lock orders the changes. */
@Entity('fence')
export class FenceEntity {
  @PrimaryColumn('integer')
  id: number;

  @Column('bigint')
  n: number;
}
