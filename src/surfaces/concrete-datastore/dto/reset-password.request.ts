import { OptionalText, RequiredEmail } from './fields.js';

/** Body of 004 "Reset Password Request". */
export class ResetPasswordRequest {
  @RequiredEmail()
  email: string;

  @OptionalText()
  url_format?: string | null;
}
