/** A user's second factor as he sees it himself. Times in ms since 1970. */
export interface FactorOverview {
  /** When his authenticator app was enrolled; null without one. */
  readonly enrolledAt: number | null;
  /** How many of his recovery codes have not been used. */
  readonly recoveryCodesLeft: number;
  /** When he asked for codes by e-mail; null when he has not. */
  readonly emailEnabledAt: number | null;
  /** How many passkeys he has. */
  readonly passkeys: number;
}

/** An authenticator app for which one attempt has just been counted. */
export interface CountedAttempt {
  readonly userId: string;
  /** Sealed under `SECRET_KEY`. */
  readonly secret: string;
  readonly lastStep: number;
}

/** A code that was shown, and has not been used up yet. */
export type FactorProof =
  | {
      readonly kind: 'totp';
      readonly userId: string;
      readonly step: number;
      /** The secret under today's key, where an older one has sealed it. */
      readonly resealed: string | null;
    }
  | { readonly kind: 'recovery-code'; readonly userId: string; readonly digest: string }
  | {
      /** Of a code by e-mail only its form is known to be right. */
      readonly kind: 'mailed-code';
      readonly userId: string;
      /** The sign-in that waits for it. */
      readonly grantId: string;
      readonly digests: readonly string[];
    };
