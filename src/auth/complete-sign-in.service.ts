import { Injectable } from '@nestjs/common';
import type { Actor } from '../common/actor.js';
import { DomainError } from '../common/domain-error.js';
import { normaliseIdentifier } from '../common/identifier.js';
import type { PendingPrincipal } from '../common/security/principal.js';
import { Reader } from '../database/db.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import { WrongFactorCode } from '../factors/factors.errors.js';
import { SecondFactor } from '../factors/second-factor.service.js';
import type { FactorProof } from '../factors/totp-factor.js';
import { CredentialResolver } from '../grants/credential-resolver.service.js';
import { CredentialExpired, CredentialRevoked } from '../grants/grants.errors.js';
import { PendingSignInsRepository } from '../grants/pending-sign-ins.repository.js';
import { SessionTokens } from '../grants/session-tokens.service.js';
import { Sessions } from '../grants/sessions.service.js';
import type { UserRecord } from '../users/user.js';
import { UsersRepository } from '../users/users.repository.js';
import { PendingSignInExpired, PendingSignInUnknown } from './auth.errors.js';
import type { SignedIn } from './sign-in.service.js';

/** How often one sign-in may be tried to be completed (contract 4.5). */
const ATTEMPTS = 5;

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
    private readonly pendingSignIns: PendingSignInsRepository,
    private readonly secondFactor: SecondFactor,
    private readonly tokens: SessionTokens,
    private readonly sessions: Sessions,
    private readonly reader: Reader,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  /**
   * Opens the session for which a sign-in waited; its temporary token has had its day. Only who holds a
   * live temporary token of this user learns anything; for everybody else an unknown user, a foreign
   * token and an invented one are the same. A password changed, or a user blocked, while this runs
   * leaves no session behind. Of two that race with the same token, one opens a session.
   * @throws PendingSignInUnknown, PendingSignInExpired, WrongFactorCode; RateLimited while the factor is
   *   locked
   * Spec: 004 reference note 1.3; contract 4.5.
   */
  async complete(actor: Actor, completion: Completion): Promise<SignedIn> {
    const pending = await this.pendingOf(actor, completion);
    const user = await this.users.findById(this.reader, pending.userId);
    if (user?.email !== normaliseIdentifier(completion.identifier)) throw new PendingSignInUnknown();
    const attempt = await this.unitOfWork.run(async (tx) => {
      const isCounted = await this.pendingSignIns.countAttempt(tx, pending.grantId, ATTEMPTS);
      if (!isCounted) throw new PendingSignInExpired();
      return this.secondFactor.count(tx, user.id);
    });
    return this.open(actor, completion, {
      pending,
      user,
      proof: this.secondFactor.look(attempt, completion.code),
    });
  }

  private async open(
    actor: Actor,
    { surface }: Completion,
    { pending, user, proof }: { pending: PendingPrincipal; user: UserRecord; proof: FactorProof },
  ): Promise<SignedIn> {
    const token = this.tokens.opaque();
    const work = this.unitOfWork.run(async (tx) => {
      await this.sessions.assertLive(tx, pending);
      if (!(await this.sessions.end(tx, actor, pending.grantId, 'completed')))
        throw new PendingSignInExpired();
      await this.secondFactor.spend(tx, actor, proof);
      const session = { userId: user.id, epoch: user.grantEpoch, surface, description: 'Login' };
      const opened = await this.sessions.open(tx, actor, session, token);
      if (!opened) throw new PendingSignInUnknown();
      return opened;
    });
    const opened = await work.catch(refusePending);
    return { user, ...opened, expiresAt: token.expiresAt, needs: null };
  }

  private async pendingOf(actor: Actor, { temporaryToken, surface }: Completion): Promise<PendingPrincipal> {
    const shown = { secret: temporaryToken, use: 'access' as const, surface, address: actor.address };
    const principal = await this.resolver.resolve(shown).catch(refusePending);
    if (principal.kind === 'pending' && principal.needs === 'second-factor') return principal;
    throw new PendingSignInUnknown();
  }
}

/** Says what is wrong with a temporary token, and no more of a credential than that. */
function refusePending(error: unknown): never {
  if (error instanceof CredentialExpired || error instanceof CredentialRevoked)
    throw new PendingSignInExpired();
  const isKnown = error instanceof WrongFactorCode || error instanceof PendingSignInExpired;
  if (isKnown || !(error instanceof DomainError) || error.kind !== 'unauthenticated') throw error;
  throw new PendingSignInUnknown();
}
