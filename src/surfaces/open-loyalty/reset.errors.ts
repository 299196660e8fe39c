import { DomainError } from '../../common/domain-error.js';

/** A reset was asked for without a name. */
export class ResetNameMissing extends DomainError {
  readonly kind = 'invalid';
  readonly code = 'reset-name-missing';
}

/** A password was to be set without a token. */
export class ResetTokenMissing extends DomainError {
  readonly kind = 'invalid';
  readonly code = 'reset-token-missing';
}
