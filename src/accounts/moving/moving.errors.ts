import { DomainError } from '../../common/domain-error.js';

/** The same file is being imported by somebody else at this moment. */
export class ImportOvertaken extends DomainError {
  readonly kind = 'conflict';
  readonly code = 'import-overtaken';
}
