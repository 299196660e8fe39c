import type { PasswordRules, PasswordViolation } from '../../password-policy/password-rules.js';

type Code = PasswordViolation['code'];

/** The document's code of each broken rule. */
export const VIOLATION_CODES: Readonly<Record<Code, string>> = {
  'not-enough-chars': 'NOT_ENOUGH_CHARS',
  'not-enough-digits': 'NOT_ENOUGH_DIGITS',
  'not-enough-lower': 'NOT_ENOUGH_LOWER',
  'not-enough-upper': 'NOT_ENOUGH_UPPER',
  'not-enough-special': 'NOT_ENOUGH_SPECIAL',
  'too-long': 'PASSWORD_INSECURE',
  'too-common': 'PASSWORD_INSECURE',
};

/** The document's sentence for a broken rule. */
export function violationMessage(violation: PasswordViolation): string {
  switch (violation.code) {
    case 'not-enough-chars':
      return `The password must contain at least ${violation.params.min} character(s).`;
    case 'not-enough-digits':
      return `The password must contain at least ${violation.params.min} digit(s).`;
    case 'not-enough-lower':
      return `The password must contain at least ${violation.params.min} lower character(s).`;
    case 'not-enough-upper':
      return `The password must contain at least ${violation.params.min} upper character(s).`;
    case 'not-enough-special':
      return `The password must contain at least ${violation.params.min} special character(s) from these : (${violation.params.characters})`;
    case 'too-long':
      return `The password must contain at most ${violation.params.max} character(s).`;
    case 'too-common':
      return 'The password is too common.';
  }
}

/** One item of the `rules` that OPTIONS lists. */
export interface RuleItem {
  readonly message_en: string;
  readonly message_fr: string;
  readonly code: string;
}

/** The five rules in the order in which they are checked (004; reference note 1.1). */
export function ruleItems(rules: PasswordRules): RuleItem[] {
  const items: [string, string, string][] = [
    [`${rules.minLength} character(s).`, `${rules.minLength} caractère(s).`, 'NOT_ENOUGH_CHARS'],
    [`${rules.minDigits} digit(s).`, `${rules.minDigits} chiffre(s).`, 'NOT_ENOUGH_DIGITS'],
    [`${rules.minLower} lower character(s).`, `${rules.minLower} minuscule(s).`, 'NOT_ENOUGH_LOWER'],
    [`${rules.minUpper} upper character(s).`, `${rules.minUpper} majuscule(s).`, 'NOT_ENOUGH_UPPER'],
    [
      `${rules.minSpecial} special character(s) from these : (${rules.specialCharacters})`,
      `${rules.minSpecial} caractère(s) spécial(aux) parmi : (${rules.specialCharacters})`,
      'NOT_ENOUGH_SPECIAL',
    ],
  ];
  return items.map(([english, french, code]) => ({
    message_en: `Your password must contain at least ${english}`,
    message_fr: `Votre mot de passe doit contenir au moins ${french}`,
    code,
  }));
}
