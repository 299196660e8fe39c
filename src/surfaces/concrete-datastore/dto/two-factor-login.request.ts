import { RequiredEmail, RequiredText } from './fields.js';

/** Body of 004's second step of a sign-in. */
export class TwoFactorLoginRequest {
  @RequiredEmail('E-mail address')
  email: string;

  @RequiredText('The temporary token of the sign-in')
  token: string;

  @RequiredText('A code of the second factor')
  verification_code: string;
}
