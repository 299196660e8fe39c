import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { Level } from '../common/levels.js';

/** Who must have a second factor: one row, or none before it was first decided. */
@Entity('factor_policy')
export class FactorPolicyEntity {
  @PrimaryColumn('integer')
  id: number;

  /** Users of this level and above; null is nobody. */
  @Column('varchar', { name: 'required_from', length: 16, nullable: true })
  requiredFrom: Level | null;

  @Column('bigint', { name: 'updated_at' })
  updatedAt: number;
}
