import { DomainError } from '../common/domain-error.js';

/** A url_format is not what contract 3.8 allows. Which rule it broke is told to nobody. */
export class UrlFormatInvalid extends DomainError {
  readonly kind = 'invalid';
  readonly code = 'url-format-invalid';
}

/** An email_format is not what contract 3.8 allows. */
export class EmailFormatInvalid extends DomainError {
  readonly kind = 'invalid';
  readonly code = 'email-format-invalid';
}
