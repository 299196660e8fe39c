import type { RaRecord } from 'react-admin';

/** A permanent key as `GET /v1/api-keys` lists it. */
export interface KeyRecord extends RaRecord<string> {
  readonly name: string;
  readonly ownerId: string;
}

/** One that was just made or given another secret. */
export interface IssuedKey extends KeyRecord {
  /** Shown this once. */
  readonly secret: string;
}
