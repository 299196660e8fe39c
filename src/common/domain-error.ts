/** What went wrong, as every surface must be able to say it. */
export type ErrorKind =
  | 'invalid'
  | 'unauthenticated'
  | 'forbidden'
  | 'not_found'
  | 'conflict'
  | 'gone'
  | 'rate_limited'
  | 'overloaded'
  | 'internal';

/** Values that a presenter may put into its own sentence. Never a secret. */
export type ErrorParams = Readonly<Record<string, string | number | boolean | readonly string[]>>;

/**
 * A refusal of the core: a kind, a stable code and parameters; no status and no sentence, which are
 * each surface's own. Private detail travels in `cause` and reaches the log only.
 */
export abstract class DomainError extends Error {
  abstract readonly kind: ErrorKind;
  abstract readonly code: string;

  constructor(
    readonly params: ErrorParams = {},
    options?: ErrorOptions,
  ) {
    super(new.target.name, options);
    this.name = new.target.name;
  }
}

/** One field that cannot be taken as it is, and the rule that it breaks. */
export interface FieldError {
  /** Dotted (`sellers.0.email`); '' for the body itself. */
  readonly path: string;
  readonly rule: string;
}

/** A refusal because of fields, all of them at once. */
export abstract class FieldsRefused extends DomainError {
  abstract readonly fieldErrors: readonly FieldError[];
}
