import type { RaRecord } from 'react-admin';

/** The name of the token of an external administrator, as document 003 gives and takes it. */
export const PERMANENT_TOKEN = 'permanent token';

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
