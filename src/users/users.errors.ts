import { DomainError } from '../common/domain-error.js';

/** An identifier already belongs to somebody. */
export class IdentifierTaken extends DomainError {
  readonly kind = 'conflict';
  readonly code = 'identifier-taken';
}

/** There is no such user, or the caller may not know of him. */
export class UserNotFound extends DomainError {
  readonly kind = 'not_found';
  readonly code = 'user-not-found';
}

/** The caller may not look at this user; said before it is looked up (contract 3.5). */
export class ProfileForbidden extends DomainError {
  readonly kind = 'forbidden';
  readonly code = 'profile-forbidden';
}

/** Without it nothing would let the user in any more. */
export class LastWayIn extends DomainError {
  readonly kind = 'conflict';
  readonly code = 'last-way-in';
}
