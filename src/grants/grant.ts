export type GrantKind = 'session' | 'permanent';
export type PendingNeed = 'second-factor' | 'new-password';
export type CredentialUse = 'access' | 'refresh' | 'cookie' | 'key';
export type CredentialFormat = 'jwt' | 'opaque';

/** What a new session is given for. */
export interface NewSession {
  readonly userId: string;
  /** The user's epoch as read before his password was verified. */
  readonly epoch: number;
  readonly surface: string;
  /** The client to which it is given, and its epoch as read before. */
  readonly client?: { readonly id: string; readonly epoch: number } | null;
  readonly scope?: readonly string[];
  readonly needs?: PendingNeed | null;
  readonly description?: string;
  /** He is told, by another notice, of what the session comes of: then its browser becomes known silently. */
  readonly isToldOf?: boolean;
}

/** A session with the secret that opens it, which is shown now and never again. */
export interface OpenedSession {
  readonly grantId: string;
  readonly token: string;
  /** Where the door gives one; it renews the session once. */
  readonly refreshToken: string | null;
}

/** A living session as its user sees it. Times in ms since 1970. */
export interface LiveSession {
  readonly id: string;
  readonly surface: string;
  readonly description: string;
  readonly address: string;
  readonly userAgent: string;
  readonly createdAt: number;
  readonly lastUsedAt: number;
  readonly expiresAt: number;
}

/** A session as it is listed; revoked also when all of its user's were ended. Times in ms since 1970. */
export interface ListedSession {
  readonly grantId: string;
  readonly userId: string;
  readonly digest: string;
  readonly createdAt: number;
  readonly updatedAt: number;
  readonly expiresAt: number;
  readonly isRevoked: boolean;
  readonly address: string;
  readonly description: string;
}
