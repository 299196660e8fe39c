import { Column, Entity, PrimaryColumn } from 'typeorm';

/** Who does a named work, and until when nobody else may. */
@Entity('leases')
export class LeaseEntity {
  @PrimaryColumn('varchar', { length: 64 })
  name: string;

  @Column('varchar', { length: 36 })
  holder: string;

  @Column('bigint', { name: 'held_until' })
  heldUntil: number;
}
