import { DomainError } from '../common/domain-error.js';

/** There is no provider of this name. */
export class ProviderUnknown extends DomainError {
  readonly kind = 'not_found';
  readonly code = 'provider-unknown';
}

/** Gatehouse could speak with this provider, and has not been told how. */
export class ProviderNotConfigured extends DomainError {
  readonly kind = 'not_found';
  readonly code = 'provider-not-configured';
}

/** The provider does not answer, or nothing that makes sense; the same may succeed later. */
export class ProviderUnavailable extends DomainError {
  readonly kind = 'overloaded';
  readonly code = 'provider-unavailable';

  constructor(options?: ErrorOptions) {
    super({ retryAfterSeconds: 30 }, options);
  }
}

/** The provider, or Gatehouse on its behalf, does not take this for a proof of who somebody is. */
export class ProofRefused extends DomainError {
  readonly kind = 'invalid';
  readonly code = 'proof-refused';
}

/** The user has said no at the provider. */
export class AccessNotGranted extends DomainError {
  readonly kind = 'invalid';
  readonly code = 'access-not-granted';
}

/** No attempt to sign in waits for this answer in this browser, or it waited too long. */
export class AttemptUnknown extends DomainError {
  readonly kind = 'invalid';
  readonly code = 'attempt-unknown';
}

/** The identity is somebody else's already. */
export class IdentityTaken extends DomainError {
  readonly kind = 'conflict';
  readonly code = 'identity-taken';
}
