import { OptionalUuid, RequiredEmail, RequiredText } from './fields.js';

/** Body of 004 "Change Password". */
export class ChangePasswordRequest {
  @RequiredEmail()
  email: string;

  @RequiredText()
  password1: string;

  @RequiredText()
  password2: string;

  @OptionalUuid()
  password_change_token?: string | null;
}
