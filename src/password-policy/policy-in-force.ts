import { DAY } from '../common/clock.js';
import type { Config } from '../config/config.js';
import type { PasswordContext } from './common-passwords.js';
import { PasswordUnacceptable } from './password-policy.errors.js';
import { violationsOf, type PasswordRules } from './password-rules.js';

/** All that an administrator may edit of the policy. */
export type PolicyValues = PasswordRules & {
  /** After how many days a password must be replaced; 0 is never. */
  readonly expiresAfterDays: number;
  /** Whether a changed password may be the one before. */
  readonly allowsReuse: boolean;
};

/** The policy as it was at one moment; a use case takes it once and decides everything by it. */
export class PolicyInForce {
  constructor(readonly values: PolicyValues) {}

  /**
   * Returns when `password` may become the password of the person in `context`.
   * @throws PasswordUnacceptable with every broken rule at once.
   */
  assertAcceptable(password: string, context: PasswordContext): void {
    const violations = violationsOf(password, this.values, context);
    if (violations.length > 0) throw new PasswordUnacceptable(violations);
  }

  /** True when `password` breaks no rule. */
  isAcceptable(password: string, context: PasswordContext): boolean {
    return violationsOf(password, this.values, context).length === 0;
  }

  /**
   * True when a password changed at `passwordChangedAt` must be replaced at `now` (both ms since 1970).
   * A user without a password (null) has none that could expire.
   */
  isExpired(passwordChangedAt: number | null, now: number): boolean {
    const { expiresAfterDays } = this.values;
    if (expiresAfterDays === 0 || passwordChangedAt === null) return false;
    return now - passwordChangedAt >= expiresAfterDays * DAY;
  }
}

/** What holds until somebody edits the policy (contract 1). */
export function environmentPolicy(config: Config): PolicyInForce {
  const { minLength, minDigits, minLower, minUpper, minSpecial, specialCharacters, refuseCommon } =
    config.passwords;
  return new PolicyInForce({
    minLength,
    minDigits,
    minLower,
    minUpper,
    minSpecial,
    specialCharacters,
    refuseCommon,
    expiresAfterDays: config.passwords.expiresAfter / DAY,
    allowsReuse: config.passwords.allowReuse,
  });
}
