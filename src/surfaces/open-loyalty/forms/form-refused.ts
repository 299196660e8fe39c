import { DomainError } from '../../../common/domain-error.js';

/** The error tree of a form: every field, with its errors where it has any; `errors` are the form's own. */
export interface FormTree {
  readonly form: { readonly children: Readonly<Record<string, { readonly errors?: readonly string[] }>> };
  readonly errors: readonly string[];
}

/** A form of 003 was refused; nothing was changed. */
export class FormRefused extends DomainError {
  readonly kind = 'invalid';
  readonly code = 'form-refused';

  constructor(
    readonly tree: FormTree,
    options?: ErrorOptions,
  ) {
    super({}, options);
  }
}
