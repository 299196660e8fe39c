import { RequiredEmail, RequiredText } from './fields.js';

/** Body of 004's second step of a sign-in. */
export class TwoFactorLoginRequest {
  @RequiredEmail()
  email: string;

  @RequiredText()
  token: string;

  @RequiredText()
  verification_code: string;
}
