import { Injectable } from '@nestjs/common';
import type { Actor } from '../common/actor.js';
import { DomainError } from '../common/domain-error.js';
import { normaliseIdentifier } from '../common/identifier.js';
import type { PendingPrincipal } from '../common/security/principal.js';
import { Reader } from '../database/db.js';
import { CredentialResolver } from '../grants/credential-resolver.service.js';
import { CredentialExpired } from '../grants/grants.errors.js';
import { UsersRepository } from '../users/users.repository.js';
import { PendingSignInExpired, PendingSignInUnknown, WrongFactorCode } from './auth.errors.js';

/** What somebody in the middle of signing in sends to complete it. */
export interface Completion {
  readonly surface: string;
  readonly identifier: string;
  readonly temporaryToken: string;
  readonly code: string;
}

/** The second step of a sign-in that waits for a factor. */
@Injectable()
export class CompleteSignIn {
  constructor(
    private readonly resolver: CredentialResolver,
    private readonly users: UsersRepository,
    private readonly reader: Reader,
  ) {}

  /**
   * Only who holds a live temporary token of this user learns anything; for everybody else an
   * unknown user, a foreign token and an invented one are the same. No user has a second factor
   * yet, so no code is right.
   * @throws PendingSignInUnknown, PendingSignInExpired, WrongFactorCode
   * Spec: 004 reference note 1.3; contract 4.5.
   */
  async complete(actor: Actor, completion: Completion): Promise<never> {
    const pending = await this.pendingOf(actor, completion);
    const user = await this.users.findById(this.reader, pending.userId);
    if (user?.email !== normaliseIdentifier(completion.identifier)) throw new PendingSignInUnknown();
    throw new WrongFactorCode();
  }

  private async pendingOf(actor: Actor, { temporaryToken, surface }: Completion): Promise<PendingPrincipal> {
    try {
      const principal = await this.resolver.resolve({
        secret: temporaryToken,
        use: 'access',
        surface,
        address: actor.address,
      });
      if (principal.kind === 'pending' && principal.needs === 'second-factor') return principal;
      throw new PendingSignInUnknown();
    } catch (error) {
      if (error instanceof CredentialExpired) throw new PendingSignInExpired();
      const isRefusal = error instanceof DomainError && error.kind === 'unauthenticated';
      throw isRefusal ? new PendingSignInUnknown() : error;
    }
  }
}
