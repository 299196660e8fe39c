import type { DomainError, ErrorKind } from '../../common/domain-error.js';

/** A refusal with its text. `middleware` has `code` and `message` (note 0, envelope 3), `handler` has `error` (envelope 2). */
export interface Refusal {
  readonly status: number;
  readonly envelope: 'middleware' | 'handler' | 'text';
  readonly message: string;
}

const middleware = (status: number, message: string): Refusal => ({
  status,
  envelope: 'middleware',
  message,
});
const handler = (status: number, message: string): Refusal => ({ status, envelope: 'handler', message });
const text = (status: number, message: string): Refusal => ({ status, envelope: 'text', message });

const NO_ACCESS = "you don't have permission to access this resource";
const NO_CREDENTIALS = 'missing Username or Password';
const WRONG_CREDENTIALS = 'incorrect Username or Password';

/** What a refusal answers where `byCode` has nothing of its own. */
export const byKind: Readonly<Record<ErrorKind, Refusal>> = {
  invalid: middleware(400, 'bad request'),
  unauthenticated: middleware(401, 'cookie token is empty'),
  forbidden: middleware(403, NO_ACCESS),
  not_found: handler(404, 'not found'),
  conflict: handler(409, 'conflict'),
  gone: handler(410, 'gone'),
  rate_limited: middleware(429, 'too many requests'),
  overloaded: middleware(503, 'temporarily overloaded'),
  internal: middleware(500, 'internal error'),
};

/** Refusals for which the document or the note has a text of its own (note 1.1-1.7). */
export const byCode: Readonly<Record<string, Refusal>> = {
  'credential-missing': middleware(401, 'cookie token is empty'),
  'credential-malformed': middleware(401, 'cookie token is empty'),
  'credential-unknown': middleware(401, 'token contains an invalid number of segments'),
  'credential-expired': middleware(401, 'Token is expired'),
  'credential-revoked': middleware(403, NO_ACCESS),
  'owner-blocked': middleware(403, NO_ACCESS),
  'address-not-allowed': middleware(403, NO_ACCESS),

  'route-not-found': text(404, '404 page not found'),
  'method-not-allowed': text(405, '405 method not allowed'),
  'body-too-large': middleware(413, 'request body is too large'),

  'wrong-credentials': middleware(401, WRONG_CREDENTIALS),
  'user-blocked': middleware(401, WRONG_CREDENTIALS),
  'email-not-confirmed': middleware(401, WRONG_CREDENTIALS),
  'password-expired': middleware(401, WRONG_CREDENTIALS),
  'second-factor-required': middleware(401, WRONG_CREDENTIALS),

  'profile-forbidden': handler(403, 'no permissions to view that user account'),
  'user-not-found': handler(404, 'user not found'),
  'foreign-session': handler(403, "you don't have permissions to revoke session of other user"),
  'session-not-found': handler(
    404,
    'specified session identifier is not valid, cannot find GrantedAccess of specified id',
  ),
  'foreign-session-list': handler(403, 'no permissions to act as other user'),
};

const FORGED: Readonly<Record<string, string>> = {
  segments: 'token contains an invalid number of segments',
  encoding: 'token is malformed',
  algorithm: 'invalid signing algorithm',
  signature: 'signature is invalid',
};

/** What a refusal says; a faulty sign-in body is 401, as the origin's middleware has it. */
export function refusalOf(error: DomainError, isLogin: boolean): Refusal {
  if (error.code === 'credential-forged') {
    return middleware(401, FORGED[String(error.params['fault'])] ?? 'signature is invalid');
  }
  const isBodyFault = ['invalid-body', 'malformed-body', 'unsupported-media-type'].includes(error.code);
  if (isLogin && isBodyFault) return middleware(401, NO_CREDENTIALS);
  return byCode[error.code] ?? byKind[error.kind];
}
