import { DomainError } from '../common/domain-error.js';
import { IdentifierTaken } from '../users/users.errors.js';
import type { DeclaredSubject } from './declaration-report.js';

/** Nobody may register himself here. */
export class SelfRegistrationClosed extends DomainError {
  readonly kind = 'forbidden';
  readonly code = 'self-registration-closed';
}

/** Registration without a password is switched off. */
export class PasswordNeeded extends DomainError {
  readonly kind = 'invalid';
  readonly code = 'password-needed';
}

/** A caller of this rank may not write his own registration mail. */
export class EmailFormatNotAllowed extends DomainError {
  readonly kind = 'invalid';
  readonly code = 'email-format-not-allowed';

  constructor(anonymous: boolean) {
    super({ anonymous });
  }
}

/** The two passwords are not the same. */
export class PasswordsDiffer extends DomainError {
  readonly kind = 'invalid';
  readonly code = 'passwords-differ';
}

/** The address does not pass the configured filter. */
export class EmailNotAllowed extends DomainError {
  readonly kind = 'invalid';
  readonly code = 'email-not-allowed';
}

/** The address has a user already; its owner has been told by mail. */
export class AlreadyRegistered extends DomainError {
  readonly kind = 'conflict';
  readonly code = 'already-registered';
}

/** The link's token is unknown, used, expired, or not this user's: the caller never learns which. */
export class PasswordTokenInvalid extends DomainError {
  readonly kind = 'invalid';
  readonly code = 'password-token-invalid';
}

/** The new password is the old one. */
export class SamePassword extends DomainError {
  readonly kind = 'invalid';
  readonly code = 'same-password';
}

/** The confirmation link was never given, or has come to its end. */
export class ConfirmationUnknown extends DomainError {
  readonly kind = 'not_found';
  readonly code = 'confirmation-unknown';
}

/** The confirmation link was used before. */
export class ConfirmationUsed extends DomainError {
  readonly kind = 'gone';
  readonly code = 'confirmation-used';
}

/** The mailed link is not one of ours. */
export class LinkUnknown extends DomainError {
  readonly kind = 'not_found';
  readonly code = 'link-unknown';
}

/** Nobody is signed in and no token is given: there is nobody whose password could be changed. */
export class PasswordChangeUnauthenticated extends DomainError {
  readonly kind = 'invalid';
  readonly code = 'password-change-unauthenticated';
}

/** The caller may not set this user's password, or may not know whether there is such a user. */
export class PasswordChangeForbidden extends DomainError {
  readonly kind = 'forbidden';
  readonly code = 'password-change-forbidden';
}

/** There is no such user; told only to who may set anybody's password. */
export class PasswordChangeTargetUnknown extends DomainError {
  readonly kind = 'invalid';
  readonly code = 'password-change-target-unknown';
}

/** An identifier of a declared user belongs to somebody whom the set does not declare. */
export class DeclaredIdentifierTaken extends IdentifierTaken {
  constructor(
    readonly subject: DeclaredSubject,
    options?: ErrorOptions,
  ) {
    super({}, options);
  }
}
