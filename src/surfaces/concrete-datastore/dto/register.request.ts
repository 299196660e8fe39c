import { OptionalName, OptionalText, RequiredEmail } from './fields.js';

/** Body of 004 "Register". */
export class RegisterRequest {
  @RequiredEmail()
  email: string;

  @OptionalText()
  password1?: string | null;

  @OptionalText()
  password2?: string | null;

  @OptionalText()
  url_format?: string | null;

  @OptionalText()
  email_format?: string | null;

  @OptionalName(150)
  first_name?: string;

  @OptionalName(150)
  last_name?: string;
}
