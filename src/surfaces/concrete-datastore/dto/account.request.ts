import { OptionalBoolean, OptionalEmail, OptionalName, OptionalUuidList } from './fields.js';

/** Body of 004 "Update Account information"; what is not listed here is read-only and ignored. */
export class AccountRequest {
  @OptionalEmail('E-mail address')
  email?: string;

  @OptionalName(150, 'First name')
  first_name?: string;

  @OptionalName(150, 'Last name')
  last_name?: string;

  @OptionalBoolean('Whether he is mailed nothing but what must be')
  unsubscribe_all?: boolean;

  @OptionalUuidList('Kinds of mail that he does not want')
  unsubscribe_to?: string[];
}
