import { Injectable } from '@nestjs/common';
import type { Actor } from '../common/actor.js';
import { DomainError } from '../common/domain-error.js';
import type { PendingPrincipal } from '../common/security/principal.js';
import type { Tx } from '../database/db.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import type { FactorDemand } from '../factors/factor-demand.js';
import { MailedCodes } from '../factors/mailed-codes.service.js';
import { SecondFactor } from '../factors/second-factor.service.js';
import type { FactorProof } from '../factors/totp-factor.js';
import { CredentialResolver } from '../grants/credential-resolver.service.js';
import type { OpenedSession } from '../grants/grant.js';
import { CredentialExpired, CredentialRevoked } from '../grants/grants.errors.js';
import { PendingSignInsRepository } from '../grants/pending-sign-ins.repository.js';
import type { SessionToken } from '../grants/session-tokens.service.js';
import { Sessions } from '../grants/sessions.service.js';
import type { UserRecord } from '../users/user.js';
import { PendingSignInExpired, PendingSignInUnknown } from './auth.errors.js';

/** How often one sign-in may be tried to be completed (contract 4.5). */
const ATTEMPTS = 5;

/** A temporary token as it was shown. */
export interface ShownPending {
  readonly secret: string;
  readonly use: 'access' | 'cookie';
  readonly surface: string;
}

/** A sign-in that is about to wait. */
export interface NewPending {
  readonly user: UserRecord;
  readonly demand: FactorDemand;
  readonly surface: string;
  readonly locale: string | null;
  /** The one that waits in the same browser: it ends, unless no other code may be mailed yet. */
  readonly previous: PendingPrincipal | null;
}

/** Sign-ins that wait for a second factor: a right password was shown, and opens nothing yet. */
@Injectable()
export class PendingSignIns {
  constructor(
    private readonly resolver: CredentialResolver,
    private readonly repository: PendingSignInsRepository,
    private readonly secondFactor: SecondFactor,
    private readonly mailedCodes: MailedCodes,
    private readonly sessions: Sessions,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  /**
   * Has a sign-in wait and mails its code, where the user is to show one; the code that was mailed for
   * `previous` is good no more. When no mail may be sent yet, `previous` waits on with its code and the
   * answer is 'kept'; without one the sign-in waits for a code that does not come. Null when the user's
   * sessions were ended meanwhile.
   */
  async open(
    tx: Tx,
    actor: Actor,
    { user, demand, surface, locale, previous }: NewPending,
    token: SessionToken,
  ): Promise<OpenedSession | 'kept' | null> {
    const isMailed = demand.kind === 'email' && (await this.mailedCodes.mayMail(tx, demand.address));
    if (previous && !isMailed) return 'kept';
    const session = { userId: user.id, epoch: user.grantEpoch, surface, description: 'Login' };
    const opened = await this.sessions.open(tx, actor, { ...session, needs: 'second-factor' }, token);
    if (!opened) return null;
    if (previous) await this.sessions.end(tx, actor, previous.grantId, 'signed-in-anew');
    if (isMailed) {
      const waiting = { userId: user.id, grantId: opened.grantId };
      await this.mailedCodes.mail(tx, waiting, { address: demand.address, locale: user.locale ?? locale });
    }
    return opened;
  }

  /** The sign-in that waits behind a temporary token. @throws PendingSignInUnknown, PendingSignInExpired */
  async find({ address }: Actor, shown: ShownPending): Promise<PendingPrincipal> {
    const principal = await this.resolver.resolve({ ...shown, address }).catch(refusePending);
    if (principal.kind === 'pending' && principal.needs === 'second-factor') return principal;
    throw new PendingSignInUnknown();
  }

  /**
   * Counts an attempt to complete a sign-in, with it and with the user's factor, and looks at the code.
   * @throws PendingSignInExpired, WrongFactorCode; RateLimited while the factor is locked
   */
  async attempt({ userId, grantId }: PendingPrincipal, code: string): Promise<FactorProof> {
    const look = await this.unitOfWork.run(async (tx) => {
      const isCounted = await this.repository.countAttempt(tx, grantId, ATTEMPTS);
      if (!isCounted) throw new PendingSignInExpired();
      return this.secondFactor.countWaiting(tx, { userId, grantId });
    });
    return look(code);
  }

  /**
   * Ends the waiting and uses the proof up, in the unit that opens the session: of two that race with the
   * same token, one goes on.
   * @throws PendingSignInUnknown, PendingSignInExpired, WrongFactorCode
   */
  async complete(tx: Tx, actor: Actor, pending: PendingPrincipal, proof: FactorProof): Promise<void> {
    await this.sessions.assertLive(tx, pending).catch(refusePending);
    const isEnded = await this.sessions.end(tx, actor, pending.grantId, 'completed');
    if (!isEnded) throw new PendingSignInExpired();
    await this.secondFactor.spend(tx, actor, proof);
  }
}

/** Says what is wrong with a temporary token, and no more of a credential than that. */
function refusePending(error: unknown): never {
  if (error instanceof CredentialExpired || error instanceof CredentialRevoked)
    throw new PendingSignInExpired();
  if (!(error instanceof DomainError) || error.kind !== 'unauthenticated') throw error;
  throw new PendingSignInUnknown();
}
