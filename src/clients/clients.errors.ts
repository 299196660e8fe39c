import { DomainError } from '../common/domain-error.js';

/** There is no such client, its secret is wrong, or it is disabled: the caller never learns which. */
export class ClientUnknown extends DomainError {
  readonly kind = 'unauthenticated';
  readonly code = 'client-unknown';
}

/** There is no such client. For administrators, who may know. */
export class ClientNotFound extends DomainError {
  readonly kind = 'not_found';
  readonly code = 'client-not-found';
}

/** Another client has this id. */
export class ClientIdTaken extends DomainError {
  readonly kind = 'conflict';
  readonly code = 'client-id-taken';
}

/** A manifest declares the client: it is deleted once it is disabled. */
export class ClientDeclared extends DomainError {
  readonly kind = 'conflict';
  readonly code = 'client-declared';
}

/** The client has two secrets: one has to go before another comes. */
export class ClientSecretsFull extends DomainError {
  readonly kind = 'conflict';
  readonly code = 'client-secrets-full';
}

/** The client has no such secret. */
export class ClientSecretNotFound extends DomainError {
  readonly kind = 'not_found';
  readonly code = 'client-secret-not-found';
}
