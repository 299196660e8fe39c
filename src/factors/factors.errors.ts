import { DomainError } from '../common/domain-error.js';

/** The password is right, and the user has a second factor that was not shown. */
export class SecondFactorRequired extends DomainError {
  readonly kind = 'unauthenticated';
  readonly code = 'second-factor-required';
}

/** The code of the second factor is wrong, or was used before. */
export class WrongFactorCode extends DomainError {
  readonly kind = 'unauthenticated';
  readonly code = 'wrong-factor-code';
}

/** The code does not belong to the secret that is being enrolled. */
export class EnrolmentCodeWrong extends DomainError {
  readonly kind = 'invalid';
  readonly code = 'enrolment-code-wrong';
}

/** No enrolment was begun within the last hour. */
export class EnrolmentNotBegun extends DomainError {
  readonly kind = 'conflict';
  readonly code = 'enrolment-not-begun';
}

/** The user has an authenticator app already: it is taken away before another one is enrolled. */
export class FactorExists extends DomainError {
  readonly kind = 'conflict';
  readonly code = 'factor-exists';
}

/** The user has no second factor. */
export class FactorNotFound extends DomainError {
  readonly kind = 'not_found';
  readonly code = 'factor-not-found';
}
