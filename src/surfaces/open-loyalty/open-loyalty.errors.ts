import type { ErrorKind } from '../../common/domain-error.js';

/** A refusal: its status and its body, the three shapes of reference note 0. */
export interface Refusal {
  readonly status: number;
  readonly body: unknown;
  /** Challenges with `WWW-Authenticate: Bearer`. */
  readonly isChallenge?: boolean;
}

const http = (code: number, message: string): Refusal => ({
  status: code,
  body: { error: { code, message } },
});
const simple = (error: string): Refusal => ({ status: 400, body: { error } });
const BAD_CREDENTIALS: Refusal = { status: 401, body: { message: 'Bad credentials.' } };
const BAD_REFRESH: Refusal = { status: 401, body: { code: 401, message: 'Bad credentials' } };
const BAD_JWT: Refusal = {
  status: 401,
  body: { code: 401, message: 'Invalid JWT Token' },
  isChallenge: true,
};

/** What a refusal answers where `byCode` has nothing of its own. */
export const byKind: Readonly<Record<ErrorKind, Refusal>> = {
  invalid: http(400, 'Bad Request'),
  unauthenticated: { status: 401, body: { message: 'Authentication Required' } },
  forbidden: http(403, 'Forbidden'),
  not_found: http(404, 'Not Found'),
  conflict: http(409, 'Conflict'),
  gone: http(404, 'Not Found'),
  rate_limited: http(429, 'Too Many Requests'),
  overloaded: http(503, 'Service Unavailable'),
  internal: http(500, 'Internal Server Error'),
};

/** Refusals that have a body of their own (document; reference note 1.1-1.9; contract 4.4). */
export const byCode: Readonly<Record<string, Refusal>> = {
  'credential-missing': { status: 401, body: { message: 'Authentication Required' } },
  'credential-malformed': BAD_JWT,
  'credential-unknown': BAD_JWT,
  'credential-forged': BAD_JWT,
  'credential-expired': BAD_JWT,
  'credential-revoked': BAD_JWT,
  'owner-blocked': BAD_JWT,
  'address-not-allowed': BAD_JWT,
  'api-key-refused': { status: 403, body: { message: 'Username could not be found.' } },

  'wrong-credentials': BAD_CREDENTIALS,
  'user-blocked': BAD_CREDENTIALS,
  'email-not-confirmed': BAD_CREDENTIALS,
  'password-expired': BAD_CREDENTIALS,
  'second-factor-required': BAD_CREDENTIALS,
  'refresh-refused': BAD_REFRESH,
  'refresh-reused': BAD_REFRESH,

  'password-token-invalid': http(404, 'Not Found'),
  'reset-name-missing': simple('field "username" should not be empty'),
  'reset-token-missing': simple('field "token" should not be empty'),
};

/** A faulty body of a sign-in is a failed one; so is that of a refresh. */
export const LOGIN_BODY_FAULT = BAD_CREDENTIALS;
export const REFRESH_BODY_FAULT = BAD_REFRESH;

/** An inactive seller is told so, when his password was right (contract 4.4). */
export const INACTIVE_SELLER: Refusal = { status: 400, body: { message: 'Your account is not active' } };

/** A built-in role stays as it is. */
export const roleBuiltIn = (isMaster: boolean): Refusal =>
  simple(isMaster ? 'Can not remove master role.' : 'Can not change a built-in role.');
