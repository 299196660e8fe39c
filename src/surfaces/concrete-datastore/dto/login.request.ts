import { RequiredEmail, RequiredText } from './fields.js';

/** Body of 004 "Login". */
export class ConcreteDatastoreLoginRequest {
  @RequiredEmail('E-mail address')
  email: string;

  @RequiredText('Password, exactly as it is typed')
  password: string;
}
