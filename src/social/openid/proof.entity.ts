import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** Somebody whom an OpenID provider has just vouched for, until he uses it: the secret's digest. */
@Entity('sign_in_proofs')
export class ProofEntity {
  @PrimaryColumn('varchar', { length: 64 })
  digest: string;

  @Column('varchar', { length: 64 })
  provider: string;

  @Column('varchar', { length: 255 })
  issuer: string;

  @Column('varchar', { length: 255 })
  subject: string;

  @Column('varchar', { length: 100, nullable: true })
  label: string | null;

  @Column('varchar', { length: 320, nullable: true })
  email: string | null;

  @Index('sign_in_proofs_end')
  @Column('bigint', { name: 'expires_at' })
  expiresAt: number;
}
