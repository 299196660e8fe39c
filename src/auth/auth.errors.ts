import { DomainError } from '../common/domain-error.js';

/** Unknown user or wrong password: the caller never learns which (contract 3.4). */
export class WrongCredentials extends DomainError {
  readonly kind = 'unauthenticated';
  readonly code = 'wrong-credentials';
}

/** The password is right, the user is blocked. Told only to who gave the right password. */
export class UserBlocked extends DomainError {
  readonly kind = 'unauthenticated';
  readonly code = 'user-blocked';
}

/** The password is right, the address is not confirmed and confirmation is asked for. */
export class EmailNotConfirmed extends DomainError {
  readonly kind = 'unauthenticated';
  readonly code = 'email-not-confirmed';
}

/** The password is right and too old; `changeToken` lets its owner set a new one. */
export class PasswordExpired extends DomainError {
  readonly kind = 'forbidden';
  readonly code = 'password-expired';

  constructor(
    readonly email: string,
    /** A fresh one-time token for set-password: kept out of `params`, which may be logged. */
    readonly changeToken: string,
  ) {
    super();
  }
}

/** No sign-in waits behind this temporary token, or not this user's: the caller never learns which. */
export class PendingSignInUnknown extends DomainError {
  readonly kind = 'unauthenticated';
  readonly code = 'pending-sign-in-unknown';
}

/** The sign-in waited too long for its second factor, was completed, or was tried too often. */
export class PendingSignInExpired extends DomainError {
  readonly kind = 'unauthenticated';
  readonly code = 'pending-sign-in-expired';
}

/** The link was never given, was used, has expired, or lets this user in no more: the caller never learns which. */
export class SignInLinkInvalid extends DomainError {
  readonly kind = 'invalid';
  readonly code = 'sign-in-link-invalid';
}

/** No link can be mailed to this user: he is blocked, or has no address. */
export class UserNotReachable extends DomainError {
  readonly kind = 'conflict';
  readonly code = 'user-not-reachable';
}

/** The session is somebody else's, or there is none and the caller may not know. */
export class ForeignSession extends DomainError {
  readonly kind = 'forbidden';
  readonly code = 'foreign-session';
}

/** There is no such session; told only to who may end anybody's. */
export class SessionNotFound extends DomainError {
  readonly kind = 'not_found';
  readonly code = 'session-not-found';
}

/** The caller may not list the sessions of another user. */
export class ForeignSessionList extends DomainError {
  readonly kind = 'forbidden';
  readonly code = 'foreign-session-list';
}
