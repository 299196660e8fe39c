import { DomainError } from '../common/domain-error.js';

/** The period ends before it begins, or is longer than figures are kept. */
export class PeriodInvalid extends DomainError {
  readonly kind = 'invalid';
  readonly code = 'period-invalid';
}
