import { DomainError } from '../common/domain-error.js';

/** There is no such mail. */
export class MailNotFound extends DomainError {
  readonly kind = 'not_found';
  readonly code = 'mail-not-found';
}

/** The mail was taken by a server: nothing is left of it to be sent again. */
export class MailAlreadySent extends DomainError {
  readonly kind = 'conflict';
  readonly code = 'mail-already-sent';
}
