import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** An RS256 key pair. It lives in the database so that every node has it (contract 3.16). */
@Entity('signing_keys')
export class SigningKeyEntity {
  /** The `kid`: the RFC 7638 thumbprint of the public key, shortened. */
  @PrimaryColumn('varchar', { length: 32 })
  id: string;

  /** 'current' for the one key that signs. */
  @Index('signing_keys_slot', { unique: true })
  @Column('varchar', { length: 8, nullable: true })
  slot: string | null;

  /** PKCS #8, sealed under SECRET_KEY. */
  @Column('text', { name: 'private_key' })
  privateKey: string;

  /** The public JWK, as it stands in /.well-known/jwks.json. */
  @Column('text', { name: 'public_key' })
  publicKey: string;

  @Column('bigint', { name: 'created_at' })
  createdAt: number;

  @Column('bigint', { name: 'retired_at', nullable: true })
  retiredAt: number | null;
}
