/** The tokens that set a password: a mailed one, and two that a link asked for by mail does not end. */
export const PASSWORD_PURPOSES = ['set-password', 'first-admin', 'handed-over'] as const;

/** What a one-time token is for. A token of one purpose opens nothing of another. */
export type TokenPurpose = (typeof PASSWORD_PURPOSES)[number] | 'confirm-email' | 'change-email' | 'sign-in';

/** Whom a token stood for, and where it was mailed to. */
export interface RedeemedToken {
  readonly userId: string;
  readonly address: string | null;
  /** The user's epoch, for the conditional write that follows. */
  readonly epoch: number;
}
