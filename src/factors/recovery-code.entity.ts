import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';

/** A code that stands in for a lost device, once: its digest. */
@Entity('recovery_codes')
@Index('recovery_codes_user', ['userId', 'digest'], { unique: true })
export class RecoveryCodeEntity {
  @PrimaryColumn('varchar', { length: 36 })
  id: string;

  @ForeignKey('UserEntity', { name: 'recovery_codes_user_fk', onDelete: 'CASCADE' })
  @Column('varchar', { name: 'user_id', length: 36 })
  userId: string;

  @Column('varchar', { length: 64 })
  digest: string;

  @Column('bigint', { name: 'created_at' })
  createdAt: number;

  @Column('bigint', { name: 'used_at', nullable: true })
  usedAt: number | null;
}
