import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import type { ClientState } from './client.js';

/**
 * An OAuth client. `grantEpoch` + 1 ends everything that was issued to it; a deleted one is kept, so that
 * its epoch goes on when its id is given again.
 */
@Entity('clients')
@Index('clients_search', ['searchKey', 'id'])
export class ClientEntity {
  /** Its `client_id`. */
  @PrimaryColumn('varchar', { length: 128 })
  id: string;

  /** The id as it is looked for, compared byte by byte. */
  @Column({ type: 'varchar', name: 'search_key', length: 150, nullable: true, collation: 'C' })
  searchKey: string;

  @Column('varchar', { length: 8 })
  state: ClientState | 'deleted';

  /** The grant types that it may use; none unless it asks for them. */
  @Column('simple-json')
  grants: string[];

  /** The scopes that it may ask for. */
  @Column('simple-json')
  scopes: string[];

  @Column('integer', { name: 'grant_epoch' })
  grantEpoch: number;

  @Column('bigint', { name: 'created_at' })
  createdAt: number;

  @Column('bigint', { name: 'updated_at' })
  updatedAt: number;
}

/** One secret of a client; two live side by side while it is rotated. */
@Entity('client_secrets')
export class ClientSecretEntity {
  @PrimaryColumn('varchar', { length: 36 })
  id: string;

  @Index('client_secrets_client')
  @ForeignKey(() => ClientEntity, { name: 'client_secrets_client_fk', onDelete: 'CASCADE' })
  @Column('varchar', { name: 'client_id', length: 128 })
  clientId: string;

  /** SHA-256 of one that was made here, an HMAC of one that somebody chose. */
  @Column('varchar', { length: 64 })
  digest: string;

  /** The last characters of one that was made here. */
  @Column({ type: 'varchar', length: 8, nullable: true })
  hint: string | null;

  @Column('bigint', { name: 'created_at' })
  createdAt: number;
}
