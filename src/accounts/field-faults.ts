import { FieldsRefused, type FieldError } from '../common/domain-error.js';
import type { PasswordViolation } from '../password-policy/password-rules.js';

/** What is wrong with one field of somebody who is to be made or changed. */
export type FieldFault =
  | {
      readonly field: string;
      readonly code:
        | 'blank'
        | 'invalid'
        | 'taken'
        | 'too-short'
        | 'too-long'
        | 'not-one'
        | 'not-current'
        | 'same'
        | 'phone'
        | 'image'
        | 'unknown-field';
    }
  | { readonly field: string; readonly code: 'password'; readonly violations: readonly PasswordViolation[] };

/** Fields that cannot be taken as they are, all of them at once; nothing was changed. */
export class InvalidFields extends FieldsRefused {
  readonly kind = 'invalid';
  readonly code = 'invalid-fields';

  /** @param faults at least one. */
  constructor(
    readonly faults: readonly FieldFault[],
    options?: ErrorOptions,
  ) {
    super({ fields: faults.map(({ field }) => field) }, options);
  }

  /** Of a password every rule that it breaks. */
  get fieldErrors(): FieldError[] {
    return this.faults.flatMap((fault) =>
      (fault.code === 'password' ? fault.violations : [fault]).map(({ code }) => ({
        path: fault.field,
        rule: code,
      })),
    );
  }
}

/** A draft as it was read; what could not be read stands beside it, so that all faults are told together. */
export interface ReadDraft {
  readonly unreadable?: readonly FieldFault[];
}

/** Returns when there is no fault. Of a field that could not be read nothing else is told. @throws InvalidFields */
export function refuseFaults({ unreadable = [] }: ReadDraft, found: readonly FieldFault[]): void {
  const others = found.filter(({ field }) => !unreadable.some((fault) => fault.field === field));
  const faults = [...unreadable, ...others];
  if (faults.length > 0) throw new InvalidFields(faults);
}
