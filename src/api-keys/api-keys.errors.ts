import { DomainError } from '../common/domain-error.js';

/** There is no such key, or it is not the caller's to know. */
export class ApiKeyNotFound extends DomainError {
  readonly kind = 'not_found';
  readonly code = 'api-key-not-found';
}

/** A chosen secret cannot be taken: it is too short, holds what no header carries, or is in use. */
export class ApiKeySecretRefused extends DomainError {
  readonly kind = 'invalid';
  readonly code = 'api-key-secret-refused';

  constructor(
    readonly fault: 'too-short' | 'invalid' | 'taken',
    options?: ErrorOptions,
  ) {
    super({ fault }, options);
  }
}

/** The key would stand higher than its owner or its maker. */
export class ApiKeyLevelTooHigh extends DomainError {
  readonly kind = 'forbidden';
  readonly code = 'api-key-level-too-high';
}

/** The key would have ended before it began. */
export class ApiKeyExpiryPast extends DomainError {
  readonly kind = 'invalid';
  readonly code = 'api-key-expiry-past';
}
