import { OptionalName, OptionalText, RequiredEmail } from './fields.js';

/** Body of 004 "Register". */
export class RegisterRequest {
  @RequiredEmail('E-mail address')
  email: string;

  @OptionalText('Password, exactly as it is typed')
  password1?: string | null;

  @OptionalText('The same once more')
  password2?: string | null;

  @OptionalText('Where the mailed link leads, with `{token}` and `{email}`')
  url_format?: string | null;

  @OptionalText('The mail’s text, with `{link}`')
  email_format?: string | null;

  @OptionalName(150, 'First name')
  first_name?: string;

  @OptionalName(150, 'Last name')
  last_name?: string;
}
