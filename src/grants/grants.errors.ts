import { DomainError } from '../common/domain-error.js';

/** No credential was shown where one is needed. */
export class CredentialMissing extends DomainError {
  readonly kind = 'unauthenticated';
  readonly code = 'credential-missing';
}

/** A carrier is there but holds nothing that could be a credential. */
export class CredentialMalformed extends DomainError {
  readonly kind = 'unauthenticated';
  readonly code = 'credential-malformed';

  constructor(readonly fault: 'empty' | 'spaces' | 'length') {
    super({ fault });
  }
}

/** The credential was never given, was revoked, or belongs to another door. */
export class CredentialUnknown extends DomainError {
  readonly kind = 'unauthenticated';
  readonly code = 'credential-unknown';
}

/** The credential or its grant has come to its end by time. */
export class CredentialExpired extends DomainError {
  readonly kind = 'unauthenticated';
  readonly code = 'credential-expired';
}

/** The credential is good but its owner is blocked. */
export class OwnerBlocked extends DomainError {
  readonly kind = 'unauthenticated';
  readonly code = 'owner-blocked';
}

/** The caller stands too low, or his token was not given for this. */
export class InsufficientRights extends DomainError {
  readonly kind = 'forbidden';
  readonly code = 'insufficient-rights';
}

/** A JWT that we did not sign, or that is none: `fault` tells what is wrong with it. */
export class CredentialForged extends DomainError {
  readonly kind = 'unauthenticated';
  readonly code = 'credential-forged';

  constructor(
    readonly fault: 'segments' | 'encoding' | 'algorithm' | 'signature',
    options?: ErrorOptions,
  ) {
    super({ fault }, options);
  }
}

/** The credential was given by us and has been revoked: its session was ended, or all of its user's were. */
export class CredentialRevoked extends DomainError {
  readonly kind = 'unauthenticated';
  readonly code = 'credential-revoked';
}

/** The permanent key does not count, for whatever reason. */
export class ApiKeyRefused extends DomainError {
  readonly kind = 'unauthenticated';
  readonly code = 'api-key-refused';
}

/** The refresh token was never given, has expired, or its session was ended. */
export class RefreshRefused extends DomainError {
  readonly kind = 'unauthenticated';
  readonly code = 'refresh-refused';
}

/** The refresh token was used before: its whole family has been ended. */
export class RefreshReused extends DomainError {
  readonly kind = 'unauthenticated';
  readonly code = 'refresh-reused';
}

/** This needs a session in which the person has shown who he is within 15 minutes (contract 3.2). */
export class ReauthenticationRequired extends DomainError {
  readonly kind = 'forbidden';
  readonly code = 'reauthentication-required';
}

/** The credential is good, but does not count from this address. */
export class AddressNotAllowed extends DomainError {
  readonly kind = 'unauthenticated';
  readonly code = 'address-not-allowed';
}
