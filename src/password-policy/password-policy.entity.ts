import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { PolicyValues } from './policy-in-force.js';

/** The password policy as it was edited. There is one row, 1. */
@Entity('password_policy')
export class PasswordPolicyEntity {
  @PrimaryColumn('integer')
  id: number;

  /** Null while the environment's values hold. */
  @Column('simple-json', { nullable: true })
  rules: PolicyValues | null;

  @Column('bigint', { name: 'updated_at' })
  updatedAt: number;
}
