import type { FieldFault } from '../../accounts/field-faults.js';
import type { ErrorKind } from '../../common/domain-error.js';
import type { PasswordViolation } from '../../password-policy/password-rules.js';

/** A refusal: its status and its body (reference note 0; contract 3.9, 4.3). */
export interface Refusal {
  readonly status: number;
  readonly body: object;
}

const named = (status: number, error: string): Refusal => ({ status, body: { error } });

/** What Flask's own refusals look like. */
export const plain = (status: number, message: string): Refusal => ({ status, body: { message, status } });

/** What a refusal answers where `byCode` has nothing of its own. */
export const byKind: Readonly<Record<ErrorKind, Refusal>> = {
  invalid: named(400, 'invalid_request'),
  unauthenticated: named(401, 'invalid_token'),
  forbidden: named(403, 'access_denied'),
  not_found: plain(404, 'Not Found'),
  conflict: named(409, 'invalid_request'),
  gone: plain(410, 'Gone'),
  rate_limited: named(429, 'temporarily_unavailable'),
  overloaded: named(503, 'temporarily_unavailable'),
  internal: named(500, 'server_error'),
};

/** One answer for whatever is wrong with a sign-in, always under `username` (document; contract 3.4). */
export const WRONG_CREDENTIALS: Refusal = formErrors({
  username: ['The username or password you entered is incorrect.'],
});

export const byCode: Readonly<Record<string, Refusal>> = {
  'wrong-credentials': WRONG_CREDENTIALS,
  'user-blocked': WRONG_CREDENTIALS,
  'email-not-confirmed': WRONG_CREDENTIALS,
  'password-expired': WRONG_CREDENTIALS,
  'second-factor-required': WRONG_CREDENTIALS,
  'owner-blocked': named(401, 'expired_token'),
  'provider-not-configured': formErrors({ external_system: ['Unsupported system.'] }),
};

export function formErrors(fields: Readonly<Record<string, readonly string[]>>): Refusal {
  return { status: 400, body: { error: 'invalid_request', form_errors: fields } };
}

/** The faults of fields in the words of 002, by field. */
export function formErrorsOf(faults: readonly FieldFault[]): Refusal {
  const fields: Record<string, string[]> = {};
  for (const fault of faults) {
    const sentences =
      fault.code === 'password' ? fault.violations.map(passwordSentence) : [sentenceOf(fault)];
    const field = FIELDS[fault.field] ?? fault.field;
    fields[field] = [...(fields[field] ?? []), ...sentences];
  }
  return formErrors(fields);
}

/** Fields that the document calls something else. */
const FIELDS: Readonly<Partial<Record<string, string>>> = { profileCover: 'profile_cover' };

const SENTENCES: Readonly<Partial<Record<FieldFault['code'], string>>> = {
  blank: 'This field is required.',
  taken: 'Username already registered.',
  'too-long': 'Too long.',
  image: 'Invalid image.',
};

/** What is said of a value that is none, by its field. */
const INVALID: Readonly<Partial<Record<string, string>>> = {
  username: 'Invalid email address.',
  email: 'Invalid email address.',
  external_system: 'Not a valid choice.',
  external_token: 'Invalid token.',
};

function sentenceOf({ field, code }: FieldFault): string {
  return SENTENCES[code] ?? INVALID[field] ?? 'Invalid value.';
}

function passwordSentence({ code, params }: PasswordViolation): string {
  switch (code) {
    case 'not-enough-chars':
      return `Field must be at least ${params.min} characters long.`;
    case 'not-enough-digits':
      return `Field must have at least ${params.min} digits.`;
    case 'not-enough-lower':
      return `Field must have at least ${params.min} lower case letters.`;
    case 'not-enough-upper':
      return `Field must have at least ${params.min} upper case letters.`;
    case 'not-enough-special':
      return `Field must have at least ${params.min} of ${params.characters}`;
    case 'too-long':
      return 'Too long.';
    case 'too-common':
      return 'Too common.';
  }
}
