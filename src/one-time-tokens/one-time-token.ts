/** What a one-time token is for; 'first-admin' sets a password too, and no mailed link ends it. A token of one purpose opens nothing of another. */
export type TokenPurpose = 'set-password' | 'first-admin' | 'confirm-email' | 'change-email';

/** Whom a token stood for, and where it was mailed to. */
export interface RedeemedToken {
  readonly userId: string;
  readonly address: string | null;
  /** The user's epoch, for the conditional write that follows. */
  readonly epoch: number;
}
