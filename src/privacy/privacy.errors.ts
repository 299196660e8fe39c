import { DomainError } from '../common/domain-error.js';

/** Nobody else could administer everything: the last active superuser stays. */
export class LastSuperuser extends DomainError {
  readonly kind = 'conflict';
  readonly code = 'last-superuser';
}
