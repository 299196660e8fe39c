import type { RaRecord } from 'react-admin';

export interface ClientSecret {
  readonly id: string;
  readonly hint: string;
  readonly createdAt: string;
}

/** An OAuth client as `GET /v1/clients/:id` shows it. */
export interface ClientRecord extends RaRecord<string> {
  /** At most two; each counts. */
  readonly secrets: readonly ClientSecret[];
}

export interface Issued {
  /** Shown this once. */
  readonly secret: string;
}
