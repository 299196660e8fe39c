import type { AuthenticationResponseJSON, RegistrationResponseJSON } from '@simplewebauthn/server';
import { MINUTE } from '../common/clock.js';

/** How many passkeys a user may have. */
export const MOST_PASSKEYS = 20;

/** How long a challenge waits to be signed, in ms. */
export const CHALLENGE_TTL = 5 * MINUTE;

/** What a browser's `create()` and `get()` answer, as JSON (WebAuthn 5.1). */
export type CreatedCredential = Pick<RegistrationResponseJSON, 'id' | 'rawId' | 'type' | 'response'>;
export type ShownCredential = Pick<AuthenticationResponseJSON, 'id' | 'rawId' | 'type' | 'response'>;

/** A passkey as its user sees it. Times in ms since 1970. */
export interface Passkey {
  readonly id: string;
  readonly name: string;
  /** Whether it is kept in more places than the device. */
  readonly isBackedUp: boolean;
  readonly createdAt: number;
  /** Null while it has signed nobody in. */
  readonly lastUsedAt: number | null;
}

/** What a device has just made. */
export interface NewCredential {
  readonly credentialId: string;
  readonly publicKey: string;
  readonly counter: number;
  readonly transports: readonly string[];
  readonly isBackedUp: boolean;
}

/** What a signature is looked at with. */
export interface KnownCredential {
  /** The passkey's id. */
  readonly id: string;
  readonly userId: string;
  readonly credentialId: string;
  readonly publicKey: string;
  readonly counter: number;
}

/** A passkey of which a right signature was shown; its use is not noted yet. */
export interface PasskeyProof {
  readonly id: string;
  readonly userId: string;
  readonly counter: number;
  readonly isBackedUp: boolean;
}
