import { DomainError, FieldsRefused, type ErrorParams, type FieldError } from '../common/domain-error.js';

/** One broken rule of a body. `path` is dotted (`sellers.0.email`), '' for the body itself. */
export interface BodyFault {
  readonly path: string;
  /** The class-validator constraint, such as `isEmail`. */
  readonly rule: string;
  /** The rule's own values as `constraint1`, `constraint2`…, and what its `context` adds. */
  readonly params: ErrorParams;
}

/** The body could be read but does not say what the handler needs. */
export class InvalidBody extends FieldsRefused {
  readonly kind = 'invalid';
  readonly code = 'invalid-body';

  /** @param faults in the order of the fields, at least one. */
  constructor(readonly faults: readonly BodyFault[]) {
    super();
  }

  get fieldErrors(): FieldError[] {
    return this.faults.map(({ path, rule }) => ({ path, rule }));
  }
}

/** The body is not what its content type says: bad JSON, form or UTF-8, or built to do harm. */
export class MalformedBody extends DomainError {
  readonly kind = 'invalid';
  readonly code = 'malformed-body';
}

/** The body is longer than the route takes. */
export class BodyTooLarge extends DomainError {
  readonly kind = 'invalid';
  readonly code = 'body-too-large';
}

/** The route takes no body of this content type. */
export class UnsupportedMediaType extends DomainError {
  readonly kind = 'invalid';
  readonly code = 'unsupported-media-type';
}

/** No route has this path. */
export class RouteNotFound extends DomainError {
  readonly kind = 'not_found';
  readonly code = 'route-not-found';
}

/** A route has this path, but not this method. */
export class MethodNotAllowed extends DomainError {
  readonly kind = 'invalid';
  readonly code = 'method-not-allowed';

  constructor(readonly allow: readonly string[]) {
    super({ allow });
  }
}

/** The request itself is broken: a bad percent escape, an over-long parameter, a NUL, not HTTP. */
export class MalformedRequest extends DomainError {
  readonly kind = 'invalid';
  readonly code = 'malformed-request';
}

/** The header section is longer than 16 KiB. */
export class HeadersTooLarge extends DomainError {
  readonly kind = 'invalid';
  readonly code = 'headers-too-large';
}

/** The request did not arrive in full in time. */
export class RequestTimedOut extends DomainError {
  readonly kind = 'invalid';
  readonly code = 'request-timed-out';
}

/** The framework refused the caller; a refusal of our own names its reason. */
export class Unauthenticated extends DomainError {
  readonly kind = 'unauthenticated';
  readonly code = 'unauthenticated';
}

/** What the caller's `If-Match` names is no longer so: nothing was changed (RFC 9110 13.1.1). */
export class PreconditionFailed extends DomainError {
  readonly kind = 'conflict';
  readonly code = 'precondition-failed';
}

/** Something broke that nobody foresaw. `cause` reaches the log and nobody else. */
export class InternalFault extends DomainError {
  readonly kind = 'internal';
  readonly code = 'internal';

  constructor(cause: unknown) {
    super({}, { cause });
  }
}

/**
 * The status of each refusal of the edge by its code; undefined for every other code. A presenter asks
 * it before its own table by kind: `EDGE_STATUS[error.code] ?? byKind[error.kind]`.
 */
export const EDGE_STATUS: Readonly<Record<string, number>> = {
  'invalid-body': 400,
  'malformed-body': 400,
  'malformed-request': 400,
  'route-not-found': 404,
  'method-not-allowed': 405,
  'request-timed-out': 408,
  'precondition-failed': 412,
  'body-too-large': 413,
  'unsupported-media-type': 415,
  'headers-too-large': 431,
};
