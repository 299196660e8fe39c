import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** When one address was last written to for one purpose; `key` is an HMAC of the two. */
@Entity('mail_quota')
export class MailQuotaEntity {
  @PrimaryColumn('varchar', { length: 300 })
  key: string;

  @Index('mail_quota_last')
  @Column('bigint', { name: 'last_at' })
  lastAt: number;

  @Column('bigint', { name: 'second_last_at', nullable: true })
  secondLastAt: number | null;

  @Column('bigint', { name: 'third_last_at', nullable: true })
  thirdLastAt: number | null;

  @Column('bigint', { name: 'fourth_last_at', nullable: true })
  fourthLastAt: number | null;

  @Column('bigint', { name: 'fifth_last_at', nullable: true })
  fifthLastAt: number | null;
}
