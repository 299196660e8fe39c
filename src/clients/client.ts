export type ClientState = 'active' | 'disabled';

/** The grant types that a client may be given (RFC 6749 4). */
export const GRANT_TYPES = ['password'] as const;
export type GrantType = (typeof GRANT_TYPES)[number];

/** The scopes that a client may ask for (000, "valid scopes"); `city` and `admin` are only ever granted. */
export const REQUESTABLE_SCOPES = ['profile', 'performer', 'venue'] as const;
export type RequestableScope = (typeof REQUESTABLE_SCOPES)[number];

/** The declaration that a manifest makes of a client. */
export const CLIENT_DECLARATION = 'OAuthClient';

/** How many secrets a client has at most: the one in use and the one that takes its place. */
export const MOST_SECRETS = 2;

/** A secret of a client as it is listed; it is never shown again. Times in ms since 1970. */
export interface ClientSecret {
  readonly id: string;
  /** The last four characters of one that was made here; empty for a declared one. */
  readonly hint: string;
  readonly createdAt: number;
}

/** A client as administrators see it. Times in ms since 1970. */
export interface ClientRecord {
  readonly id: string;
  readonly state: ClientState;
  readonly grants: readonly string[];
  readonly scopes: readonly string[];
  /** In order of creation. */
  readonly secrets: readonly ClientSecret[];
  readonly createdAt: number;
  readonly updatedAt: number;
}

/** An OAuth client, alive. */
export interface Client {
  readonly id: string;
  readonly grants: readonly string[];
  readonly scopes: readonly string[];
  /** Read before anything is issued: what is issued counts while it is the same. */
  readonly epoch: number;
}
