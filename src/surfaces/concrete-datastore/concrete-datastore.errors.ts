import type { DomainError, ErrorKind } from '../../common/domain-error.js';
import { PasswordExpired } from '../../auth/auth.errors.js';
import { PasswordUnacceptable } from '../../password-policy/password-policy.errors.js';
import { VIOLATION_CODES, violationMessage } from './password-messages.js';

/** A body with its status; `undefined` is the empty body. */
export interface Answer {
  readonly status: number;
  readonly body?: unknown;
}

/** The usual shape of this surface's refusals (reference note 0, shape 1). */
function told(status: number, message: string, code: string): Answer {
  return { status, body: { message, _errors: [code] } };
}

const detail = (status: number, text: string): Answer => ({ status, body: { detail: text } });

/** What a refusal answers where `byCode` has nothing of its own (shape 4). */
export const byKind: Readonly<Record<ErrorKind, (error: DomainError) => Answer>> = {
  invalid: () => detail(400, 'Bad request.'),
  unauthenticated: () => detail(401, 'Authentication credentials were not provided.'),
  forbidden: () => detail(403, 'User access permission refused.'),
  not_found: () => detail(404, 'Not found.'),
  conflict: () => detail(409, 'Conflict.'),
  gone: () => detail(410, 'Gone.'),
  rate_limited: (error) => detail(429, throttled(Number(error.params['retryAfterSeconds']))),
  overloaded: () => detail(503, 'Service temporarily unavailable, try again later.'),
  internal: () => detail(500, 'A server error occurred.'),
};

const MALFORMED_HEADER = 'Invalid token header. ';

/** Refusals for which the document or the note has a sentence of its own. */
export const byCode: Readonly<Record<string, (error: DomainError) => Answer>> = {
  'credential-missing': () => detail(401, 'Authentication credentials were not provided.'),
  'credential-malformed': (error) => detail(401, malformed(String(error.params['fault']))),
  'credential-unknown': () => detail(401, 'Invalid token.'),
  'credential-revoked': () => detail(401, 'Invalid token.'),
  'credential-forged': () => detail(401, 'Invalid token.'),
  'address-not-allowed': () => detail(401, 'Invalid token.'),
  'credential-expired': () => detail(401, 'Token expired'),
  'owner-blocked': () => detail(401, 'User inactive or deleted.'),

  'malformed-body': () => detail(400, 'JSON parse error'),
  'body-too-large': () => detail(413, 'Request body is too large.'),
  'unsupported-media-type': () => detail(415, 'Unsupported media type in request.'),
  'method-not-allowed': () => detail(405, 'Method not allowed.'),

  'self-registration-closed': () => told(400, 'Self register is not allowed', 'NOT_ALLOWED_TO_SELF_REGISTER'),
  'password-needed': () => told(400, 'serializer invalid', 'INVALID_DATA'),
  'email-format-not-allowed': (error) => told(400, emailFormatRefusal(error), 'INVALID_PARAMETER'),
  'url-format-invalid': () => format('url_format'),
  'email-format-invalid': () => format('email_format'),
  'passwords-differ': () => told(400, 'Password confimation incorrect', 'MISMATCH_PASSWORDS'),
  'password-unacceptable': unacceptable,
  'email-not-allowed': () =>
    told(400, 'This email is not allowed to register', 'EMAIL_NOT_AUTHORIZED_TO_REGISTER'),
  'already-registered': () => ({ status: 200 }),

  'wrong-credentials': () => told(401, 'Wrong auth credentials', 'WRONG_AUTH_CREDENTIALS'),
  'user-blocked': () => told(401, 'User blocked', 'USER_BLOCKED'),
  'email-not-confirmed': () => told(401, 'Email has not been validated', 'EMAIL_NOT_VALIDATED'),
  'password-expired': expired,

  'pending-sign-in-unknown': () => told(401, 'MFA temporary token invalid', 'MFA_TEMP_TOKEN_INVALID'),
  'pending-sign-in-expired': () => told(401, 'MFA temporary token expired', 'MFA_TEMP_TOKEN_EXPIRED'),
  'wrong-factor-code': () => told(401, 'Wrong verification code', 'WRONG_VERIFICATION_CODE'),

  'password-token-invalid': () => told(400, 'invalid token', 'INVALID_TOKEN'),
  'same-password': () => told(400, 'New password must be different', 'CANNOT_USE_SAME_PASSWORD'),
  'password-change-unauthenticated': () => ({ status: 400 }),
  'password-change-forbidden': () => ({
    status: 403,
    body: { message: 'Does not have the permissions.' },
  }),
  'password-change-target-unknown': () => told(400, 'Invalid data', 'INVALID_DATA'),
  'identifier-taken': () => ({ status: 400, body: { email: ['user with this email already exists.'] } }),
};

function malformed(fault: string): string {
  switch (fault) {
    case 'empty':
      return `${MALFORMED_HEADER}No credentials provided.`;
    case 'spaces':
      return `${MALFORMED_HEADER}Token string should not contain spaces.`;
    default:
      // The origin repeats the value here; a token is not repeated in an answer that may be logged.
      return 'Invalid token.';
  }
}

/** The document spells this key `errors`, in register and in reset alike (contract 4.5). */
function format(field: string): Answer {
  return {
    status: 400,
    body: { errors: `${field} is not a valid format_string`, _errors: ['INVALID_PARAMETER'] },
  };
}

function emailFormatRefusal(error: DomainError): string {
  return error.params['anonymous'] === true
    ? 'Only registered users are allowed to set an email_format'
    : 'Only registered users with a level of staff or higher levels are allowed to set an email_format';
}

function unacceptable(error: DomainError): Answer {
  const [violation] = error instanceof PasswordUnacceptable ? error.violations : [];
  if (!violation) return told(400, 'The password is not acceptable.', 'PASSWORD_INSECURE');
  return told(400, violationMessage(violation), VIOLATION_CODES[violation.code]);
}

function expired(error: DomainError): Answer {
  if (!(error instanceof PasswordExpired)) return byKind.forbidden(error);
  return {
    status: 403,
    body: {
      message_en: 'Warning! Password has expired',
      message_fr: 'Attention ! Votre mot de passe a expiré',
      _errors: ['EXPIRED_PASSWORD'],
      email: error.email,
      password_change_token: error.changeToken,
    },
  };
}

function throttled(seconds: number): string {
  const unit = seconds === 1 ? 'second' : 'seconds';
  return `Request was throttled. Expected available in ${seconds} ${unit}.`;
}
