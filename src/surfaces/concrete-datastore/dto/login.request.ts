import { RequiredEmail, RequiredText } from './fields.js';

/** Body of 004 "Login". */
export class LoginRequest {
  @RequiredEmail()
  email: string;

  @RequiredText()
  password: string;
}
