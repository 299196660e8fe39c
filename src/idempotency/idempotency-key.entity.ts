import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** What was made with one caller's key at one route. Neither the key nor the request can be read from it. */
@Entity('idempotency_keys')
export class IdempotencyKeyEntity {
  /** SHA-256 of caller, route and key. */
  @PrimaryColumn('varchar', { length: 64 })
  digest: string;

  /** HMAC of what was asked for, which may hold a password. */
  @Column('varchar', { name: 'request_mac', length: 64 })
  requestMac: string;

  /** The id of what was made; empty once that is erased. */
  @Index('idempotency_keys_object')
  @Column('varchar', { name: 'object_id', length: 128 })
  objectId: string;

  @Index('idempotency_keys_created')
  @Column('bigint', { name: 'created_at' })
  createdAt: number;
}
