import { DomainError } from '../common/domain-error.js';

/** There is no such role. */
export class RoleNotFound extends DomainError {
  readonly kind = 'not_found';
  readonly code = 'role-not-found';
}

/** A built-in role cannot be changed or removed. */
export class RoleBuiltIn extends DomainError {
  readonly kind = 'invalid';
  readonly code = 'role-built-in';

  constructor(master: boolean) {
    super({ master });
  }
}

/** Another role has this name. */
export class RoleNameTaken extends DomainError {
  readonly kind = 'conflict';
  readonly code = 'role-name-taken';
}
