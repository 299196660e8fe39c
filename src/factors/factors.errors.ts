import { DomainError } from '../common/domain-error.js';
import type { FactorMethod } from './factor-demand.js';

/** The password is right, and a second factor is asked for that was not shown; `methods` would do. */
export class SecondFactorRequired extends DomainError {
  readonly kind = 'unauthenticated';
  readonly code = 'second-factor-required';

  constructor(methods: readonly FactorMethod[]) {
    super({ methods });
  }
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

/** Codes go to a confirmed address only, and the user has none. */
export class AddressNotConfirmed extends DomainError {
  readonly kind = 'conflict';
  readonly code = 'address-not-confirmed';
}

/** The user has no such trusted device. */
export class TrustedDeviceNotFound extends DomainError {
  readonly kind = 'not_found';
  readonly code = 'trusted-device-not-found';
}

/** Who asks for a second factor of everybody like him has none, nor a confirmed address: it would shut him out. */
export class FactorPolicyShutsOut extends DomainError {
  readonly kind = 'conflict';
  readonly code = 'factor-policy-shuts-out';
}

/** What a device has made is no answer to a challenge of this session: too late, used, or not as it was asked for. */
export class PasskeyRefused extends DomainError {
  readonly kind = 'invalid';
  readonly code = 'passkey-refused';
}

/** The device's passkey is somebody's already. */
export class PasskeyExists extends DomainError {
  readonly kind = 'conflict';
  readonly code = 'passkey-exists';
}

/** The user has as many passkeys as he may. */
export class TooManyPasskeys extends DomainError {
  readonly kind = 'conflict';
  readonly code = 'too-many-passkeys';
}

/** The user has no such passkey. */
export class PasskeyNotFound extends DomainError {
  readonly kind = 'not_found';
  readonly code = 'passkey-not-found';
}
