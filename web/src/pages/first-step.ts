import type { TextName } from '../texts/texts.js';

/** A right password, kept in this page's memory alone until the second factor is shown. */
export interface FirstStep {
  readonly identifier: string;
  readonly password: string;
  readonly remember: boolean;
  /** What the server takes for a second factor. */
  readonly methods: readonly string[];
}

/** What `POST /v1/sessions` refuses a sign-in for, whichever step it is at. */
export const SIGN_IN_REFUSALS: Readonly<Record<string, TextName>> = {
  'wrong-credentials': 'wrongCredentials',
  'user-blocked': 'userBlocked',
  'email-not-confirmed': 'emailNotConfirmed',
  'password-expired': 'passwordExpired',
};
