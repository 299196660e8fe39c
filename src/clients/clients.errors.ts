import { DomainError } from '../common/domain-error.js';

/** There is no such client, its secret is wrong, or it is disabled: the caller never learns which. */
export class ClientUnknown extends DomainError {
  readonly kind = 'unauthenticated';
  readonly code = 'client-unknown';
}
