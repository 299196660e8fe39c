import { DomainError, FieldsRefused, type FieldError } from '../common/domain-error.js';
import type { PasswordViolation } from './password-rules.js';

/** The new password breaks the policy: `violations` names every broken rule, `params` their codes. */
export class PasswordUnacceptable extends DomainError {
  readonly kind = 'invalid';
  readonly code = 'password-unacceptable';

  constructor(readonly violations: readonly PasswordViolation[]) {
    super({ violations: violations.map((violation) => violation.code) });
  }
}

/** No password could meet all the rules of the policy that was asked for. */
export class PasswordPolicyImpossible extends FieldsRefused {
  readonly kind = 'invalid';
  readonly code = 'password-policy-impossible';

  /** @param fieldErrors at least one. */
  constructor(readonly fieldErrors: readonly FieldError[]) {
    super();
  }
}
