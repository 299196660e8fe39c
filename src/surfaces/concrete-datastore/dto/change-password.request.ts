import { OptionalUuid, RequiredEmail, RequiredText } from './fields.js';

/** Body of 004 "Change Password". */
export class ChangePasswordRequest {
  @RequiredEmail('E-mail address')
  email: string;

  @RequiredText('Password, exactly as it is typed')
  password1: string;

  @RequiredText('The same once more')
  password2: string;

  @OptionalUuid('The token of the mailed link; who is signed in needs none')
  password_change_token?: string | null;
}
