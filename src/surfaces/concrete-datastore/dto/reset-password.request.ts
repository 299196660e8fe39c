import { OptionalText, RequiredEmail } from './fields.js';

/** Body of 004 "Reset Password Request". */
export class ResetPasswordRequest {
  @RequiredEmail('E-mail address')
  email: string;

  @OptionalText('Where the mailed link leads, with `{token}` and `{email}`')
  url_format?: string | null;
}
