import { DomainError, type ErrorKind } from '../../common/domain-error.js';

/** A parameter is missing, of the wrong type, or given twice (RFC 6749 5.2). `parameter` names it. */
export class InvalidParameter extends DomainError {
  readonly kind = 'invalid';
  readonly code = 'invalid-parameter';

  constructor(parameter: string) {
    super({ parameter });
  }
}

/** Another grant type than `password`. */
export class GrantTypeUnsupported extends DomainError {
  readonly kind = 'invalid';
  readonly code = 'grant-type-unsupported';
}

/** The client may not use the grant type. */
export class ClientUnauthorized extends DomainError {
  readonly kind = 'invalid';
  readonly code = 'client-unauthorized';
}

/** An error of RFC 6749 5.2 or RFC 6750 3.1, with its sentence. */
export interface OAuthError {
  readonly status: number;
  readonly error: string;
  readonly description: string;
  readonly challenge?: 'Basic' | 'Bearer';
}

const refusal = (status: number, error: string, description: string): OAuthError => ({
  status,
  error,
  description,
});
const invalidRequest = (description: string) => refusal(400, 'invalid_request', description);
const invalidGrant = refusal(400, 'invalid_grant', 'The user name or the password is wrong.');
const invalidToken = {
  ...refusal(401, 'invalid_token', 'The access token is unknown, expired or revoked.'),
  challenge: 'Bearer',
} as const;

/** What a refusal answers where `byCode` has nothing of its own. */
export const byKind: Readonly<Record<ErrorKind, OAuthError>> = {
  invalid: invalidRequest('The request is malformed.'),
  unauthenticated: invalidToken,
  forbidden: {
    ...refusal(403, 'insufficient_scope', 'The access token was not given for this.'),
    challenge: 'Bearer',
  },
  not_found: refusal(404, 'not_found', 'There is nothing here.'),
  conflict: invalidRequest('This is taken.'),
  gone: refusal(410, 'gone', 'This is no longer here.'),
  rate_limited: refusal(429, 'temporarily_unavailable', 'Too many requests.'),
  overloaded: refusal(503, 'temporarily_unavailable', 'The server has too much to do.'),
  internal: refusal(500, 'server_error', 'Something broke.'),
};

/** Refusals that RFC 6749 and the contract name (4.1). */
export const byCode: Readonly<Record<string, OAuthError>> = {
  'client-unknown': {
    ...refusal(401, 'invalid_client', 'The client is unknown, or could not show who it is.'),
    challenge: 'Basic',
  },
  'client-unauthorized': refusal(400, 'unauthorized_client', 'The client may not use this grant type.'),
  'grant-type-unsupported': refusal(400, 'unsupported_grant_type', 'Only the password grant is supported.'),
  'scope-refused': refusal(400, 'invalid_scope', 'The scope is unknown, or not for this client to ask for.'),
  'wrong-credentials': invalidGrant,
  'user-blocked': invalidGrant,
  'email-not-confirmed': invalidGrant,
  'password-expired': invalidGrant,
  'second-factor-required': invalidGrant,
  'wrong-factor-code': invalidGrant,
  'self-registration-closed': refusal(403, 'access_denied', 'Nobody may register himself here.'),
  'reauthentication-required': {
    ...refusal(401, 'insufficient_user_authentication', 'This needs a token that is at most 15 minutes old.'),
    challenge: 'Bearer',
  },
  'identifier-taken': invalidRequest('The e-mail address or phone number is taken.'),
  'last-superuser': refusal(409, 'invalid_request', 'The last superuser cannot be deleted.'),
  'too-many-profiles': invalidRequest('There are too many profiles.'),
};
