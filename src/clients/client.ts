export type ClientState = 'active' | 'disabled';

/** The grant types that a client may be given (RFC 6749 4). */
export const GRANT_TYPES = ['password'] as const;
export type GrantType = (typeof GRANT_TYPES)[number];

/** The scopes that a client may ask for (000, "valid scopes"); `city` and `admin` are only ever granted. */
export const REQUESTABLE_SCOPES = ['profile', 'performer', 'venue'] as const;

/** An OAuth client, alive. */
export interface Client {
  readonly id: string;
  readonly grants: readonly string[];
  readonly scopes: readonly string[];
  /** Read before anything is issued: what is issued counts while it is the same. */
  readonly epoch: number;
}
