import type { FieldError } from '../common/domain-error.js';
import type { PolicyValues } from './policy-in-force.js';

/** No `min*` is larger, nor all that ask for kinds of characters together. */
export const LARGEST_MINIMUM = 128;
/** No more characters count as special. */
export const MOST_SPECIAL = 128;
export const LONGEST_EXPIRY_DAYS = 3_650;

/** What is wrong with values that are each within their bounds: no password could meet them all. */
export function policyFaults(values: PolicyValues): FieldError[] {
  const { minDigits, minLower, minUpper, minSpecial, specialCharacters } = values;
  const faults: FieldError[] = [];
  if (minDigits + minLower + minUpper + minSpecial > LARGEST_MINIMUM) {
    faults.push({ path: '', rule: 'minimaTogether' });
  }
  if (minSpecial > 0 && specialCharacters === '') {
    faults.push({ path: 'specialCharacters', rule: 'isNotEmpty' });
  }
  return faults;
}
