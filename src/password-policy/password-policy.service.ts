import { Injectable } from '@nestjs/common';
import { Config } from '../config/config.js';
import type { PasswordContext } from './common-passwords.js';
import { PasswordUnacceptable } from './password-policy.errors.js';
import { violationsOf, type PasswordRules } from './password-rules.js';

/** The one password policy of all surfaces (contract 3.14). */
@Injectable()
export class PasswordPolicy {
  constructor(private readonly config: Config) {}

  /** The rules in force for a new password. */
  rules(): PasswordRules {
    const { minLength, minDigits, minLower, minUpper, minSpecial, specialCharacters, refuseCommon } =
      this.config.passwords;
    return { minLength, minDigits, minLower, minUpper, minSpecial, specialCharacters, refuseCommon };
  }

  /**
   * Returns when `password` may become the password of the person in `context`.
   * @throws PasswordUnacceptable with every broken rule at once.
   */
  assertAcceptable(password: string, context: PasswordContext): void {
    const violations = violationsOf(password, this.rules(), context);
    if (violations.length > 0) throw new PasswordUnacceptable(violations);
  }

  /** True when `password` breaks no rule. */
  isAcceptable(password: string, context: PasswordContext): boolean {
    return violationsOf(password, this.rules(), context).length === 0;
  }

  /**
   * True when a password changed at `passwordChangedAt` must be replaced at `now` (both ms since 1970).
   * A user without a password (null) has none that could expire.
   */
  isExpired(passwordChangedAt: number | null, now: number): boolean {
    const { expiresAfter } = this.config.passwords;
    if (expiresAfter === 0 || passwordChangedAt === null) return false;
    return now - passwordChangedAt >= expiresAfter;
  }

  /** True when a changed password may be the same as the one before. */
  allowsReuse(): boolean {
    return this.config.passwords.allowReuse;
  }
}
