import { Column, Entity, PrimaryColumn } from 'typeorm';

/** What was last applied under a declared name, so that an unchanged declaration changes nothing. */
@Entity('declarations')
export class DeclarationEntity {
  @PrimaryColumn('varchar', { length: 32 })
  kind: string;

  @PrimaryColumn('varchar', { length: 254 })
  name: string;

  @Column('varchar', { name: 'subject_id', length: 36 })
  subjectId: string;

  /** Field by field as declared; a secret as its HMAC. */
  @Column('simple-json')
  applied: Record<string, unknown>;

  @Column('bigint', { name: 'applied_at' })
  appliedAt: number;
}
