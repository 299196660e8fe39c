import { isCommonPassword, type PasswordContext } from './common-passwords.js';

/** What a new password must have. All `min*` count characters; 0 asks for nothing. */
export type PasswordRules = {
  readonly minLength: number;
  readonly minDigits: number;
  readonly minLower: number;
  readonly minUpper: number;
  readonly minSpecial: number;
  /** Every character that counts as special. */
  readonly specialCharacters: string;
  readonly refuseCommon: boolean;
};

/** One rule that a password breaks, with what a sentence about it needs. Never holds the password. */
export type PasswordViolation =
  | {
      readonly code: 'not-enough-chars' | 'not-enough-digits' | 'not-enough-lower' | 'not-enough-upper';
      readonly params: { readonly min: number };
    }
  | {
      readonly code: 'not-enough-special';
      readonly params: { readonly min: number; readonly characters: string };
    }
  | { readonly code: 'too-long'; readonly params: { readonly max: number } }
  | { readonly code: 'too-common'; readonly params: Readonly<Record<string, never>> };

/** The longest password, in characters (contract 3.10). */
export const MAX_PASSWORD_CHARACTERS = 1_024;

/** No character is longer than two UTF-16 units, so a megabyte of text is never walked through. */
const MAX_PASSWORD_UNITS = 2 * MAX_PASSWORD_CHARACTERS;

/** True when `password` has more than 1,024 characters. */
export function isTooLong(password: string): boolean {
  return password.length > MAX_PASSWORD_UNITS || [...password].length > MAX_PASSWORD_CHARACTERS;
}

const DIGIT = /^\p{Nd}$/u;
const LOWER = /^\p{Ll}$/u;
const UPPER = /^\p{Lu}$/u;

/**
 * Every rule that `password` breaks, in the order length, digits, lower, upper, special, too long, common;
 * an empty list means that it may be used. The password is judged exactly as typed; a character is a code
 * point, and punctuation is neither lower nor upper case. One that is too long is judged by its beginning.
 */
export function violationsOf(
  password: string,
  rules: PasswordRules,
  context: PasswordContext,
): PasswordViolation[] {
  const characters = [...password.slice(0, MAX_PASSWORD_UNITS)];
  const special = new Set(rules.specialCharacters);
  const count = (pattern: RegExp) => characters.filter((character) => pattern.test(character)).length;
  const violations: PasswordViolation[] = [];

  const atLeast = (
    code: 'not-enough-chars' | 'not-enough-digits' | 'not-enough-lower' | 'not-enough-upper',
    found: number,
    min: number,
  ) => {
    if (found < min) violations.push({ code, params: { min } });
  };
  atLeast('not-enough-chars', characters.length, rules.minLength);
  atLeast('not-enough-digits', count(DIGIT), rules.minDigits);
  atLeast('not-enough-lower', count(LOWER), rules.minLower);
  atLeast('not-enough-upper', count(UPPER), rules.minUpper);
  if (characters.filter((character) => special.has(character)).length < rules.minSpecial) {
    const params = { min: rules.minSpecial, characters: rules.specialCharacters };
    violations.push({ code: 'not-enough-special', params });
  }
  if (isTooLong(password)) {
    violations.push({ code: 'too-long', params: { max: MAX_PASSWORD_CHARACTERS } });
  } else if (rules.refuseCommon && isCommonPassword(password, context)) {
    violations.push({ code: 'too-common', params: {} });
  }
  return violations;
}
