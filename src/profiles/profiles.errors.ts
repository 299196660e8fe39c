import { DomainError } from '../common/domain-error.js';

/** There is no such artist or venue. */
export class ProfileNotFound extends DomainError {
  readonly kind = 'not_found';
  readonly code = 'profile-not-found';
}

/** The profile is somebody else's. */
export class ForeignProfile extends DomainError {
  readonly kind = 'forbidden';
  readonly code = 'foreign-profile';
}

/** The user has as many profiles of this kind as anybody may have. */
export class TooManyProfiles extends DomainError {
  readonly kind = 'invalid';
  readonly code = 'too-many-profiles';
}
