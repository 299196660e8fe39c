import { DomainError } from './domain-error.js';

/** The server has more work than it can finish in time; the caller may repeat after `retryAfterSeconds`. */
export class Overloaded extends DomainError {
  readonly kind = 'overloaded';
  readonly code = 'overloaded';

  constructor(retryAfterSeconds: number, options?: ErrorOptions) {
    super({ retryAfterSeconds }, options);
  }
}

/** A limit was reached; the caller may repeat after `retryAfterSeconds`. */
export class RateLimited extends DomainError {
  readonly kind = 'rate_limited';
  readonly code = 'rate-limited';

  constructor(readonly retryAfterSeconds: number) {
    super({ retryAfterSeconds });
  }
}

/** What was asked for does not exist, or the caller may not know that it does. */
export class NotFound extends DomainError {
  readonly kind = 'not_found';
  readonly code = 'not-found';
}

/** The caller is known and may not do this. */
export class Forbidden extends DomainError {
  readonly kind = 'forbidden';
  readonly code: string = 'forbidden';
}

/** A browser's request came from an origin that is not ours (contract 3.13). */
export class ForeignOrigin extends Forbidden {
  override readonly code = 'foreign-origin';
}
