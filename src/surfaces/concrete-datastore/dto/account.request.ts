import { OptionalBoolean, OptionalEmail, OptionalName, OptionalUuidList } from './fields.js';

/** Body of 004 "Update Account information"; what is not listed here is read-only and ignored. */
export class AccountRequest {
  @OptionalEmail()
  email?: string;

  @OptionalName(150)
  first_name?: string;

  @OptionalName(150)
  last_name?: string;

  @OptionalBoolean()
  unsubscribe_all?: boolean;

  @OptionalUuidList()
  unsubscribe_to?: string[];
}
