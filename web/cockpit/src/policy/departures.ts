import type { PasswordPolicy } from './policy.js';

/** A way in which a policy is not what is advised. */
export type Departure = 'short' | 'shortAlone' | 'composition' | 'expiry' | 'common';

/** The fewest characters beside a second factor (NIST SP 800-63B-4 3.1.1.2; ASVS 5 6.2.1). */
const LEAST = 8;
/** The fewest where a password is all that is asked for (NIST SP 800-63B-4 3.1.1.2). */
const LEAST_ALONE = 15;

/**
 * Where a policy departs from NIST SP 800-63B-4 3.1.1.2 and ASVS 5 6.2: long passwords,
 * without rules on which kinds of characters they hold (6.2.5), not replaced for their age (6.2.10), and
 * none of those that everybody knows (6.2.4).
 */
export function departuresOf(policy: PasswordPolicy): Departure[] {
  const { minDigits, minLower, minUpper, minSpecial } = policy;
  const holds: Record<Departure, boolean> = {
    short: policy.minLength < LEAST,
    shortAlone: policy.minLength >= LEAST && policy.minLength < LEAST_ALONE,
    composition: minDigits + minLower + minUpper + minSpecial > 0,
    expiry: policy.expiresAfterDays > 0,
    common: !policy.refuseCommon,
  };
  return (Object.keys(holds) as Departure[]).filter((name) => holds[name]);
}
