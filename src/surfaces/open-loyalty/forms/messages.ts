import type { FieldFault } from '../../../accounts/field-faults.js';
import type { PasswordViolation } from '../../../password-policy/password-rules.js';

/** A sentence for every fault but those of a password, which have several. */
export type Messages = Readonly<Record<Exclude<FieldFault['code'], 'password'>, string>>;

/** What 003 says of a field (document; reference note 1 and 3.1). */
export const MESSAGES: Messages = {
  blank: 'This value should not be blank.',
  invalid: 'This value is not valid.',
  taken: 'This value is already used.',
  'too-short': 'This value is too short. It should have 16 characters or more.',
  'too-long': 'This value is too long.',
  'not-one': 'This collection should contain exactly 1 element.',
  'not-current': "This value should be the user's current password.",
  same: 'This value should not be the same as the current password.',
  phone: 'Incorrect phone number format, use +00000000000',
  image: 'This file is not a valid image.',
  'unknown-field': 'This form should not contain extra fields.',
};

/** Every broken rule of a password, in its own sentence. */
export function passwordMessages(violations: readonly PasswordViolation[]): string[] {
  return violations.map((violation) => {
    switch (violation.code) {
      case 'not-enough-chars':
        return `Your password must be at least ${violation.params.min} characters long.`;
      case 'not-enough-digits':
        return `Your password must include at least ${count(violation.params.min, 'number')}.`;
      case 'not-enough-lower':
        return `Your password must include at least ${count(violation.params.min, 'lower case letter')}.`;
      case 'not-enough-upper':
        return `Your password must include at least ${count(violation.params.min, 'upper case letter')}.`;
      case 'not-enough-special':
        return `Your password must contain at least ${count(violation.params.min, 'special character')}.`;
      case 'too-long':
        return `Your password must be at most ${violation.params.max} characters long.`;
      case 'too-common':
        return 'Your password is too common.';
    }
  });
}

function count(number: number, noun: string): string {
  return number === 1 ? `one ${noun}` : `${number} ${noun}s`;
}
