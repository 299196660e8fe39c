import { DomainError } from '../common/domain-error.js';

/** The `Idempotency-Key` is not 1 to 255 visible characters. */
export class IdempotencyKeyInvalid extends DomainError {
  readonly kind = 'invalid';
  readonly code = 'idempotency-key-invalid';
}

/** The key came before with another request. */
export class IdempotencyKeyReused extends DomainError {
  readonly kind = 'conflict';
  readonly code = 'idempotency-key-reused';
}

/** The thing was made by an earlier request with this key, whose answer showed a secret that is not shown again. */
export class AlreadyCreated extends DomainError {
  readonly kind = 'conflict';
  readonly code = 'already-created';

  constructor(id: string) {
    super({ id });
  }
}
