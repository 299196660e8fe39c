import { Injectable } from '@nestjs/common';
import type { Actor } from '../common/actor.js';
import { normaliseIdentifier } from '../common/identifier.js';
import { Reader } from '../database/db.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import { SessionTokens } from '../grants/session-tokens.service.js';
import { Sessions } from '../grants/sessions.service.js';
import { UsersRepository } from '../users/users.repository.js';
import { PendingSignInUnknown } from './auth.errors.js';
import { PendingSignIns } from './pending-sign-ins.service.js';
import { RefusedSignIns } from './refused-sign-ins.service.js';
import type { SignedIn } from './sign-in.js';

/** What somebody in the middle of signing in sends to complete it. */
export interface Completion {
  readonly surface: string;
  readonly identifier: string;
  readonly temporaryToken: string;
  readonly code: string;
}

/** The second step of a sign-in that waits for a factor, without its password. */
@Injectable()
export class CompleteSignIn {
  constructor(
    private readonly pendingSignIns: PendingSignIns,
    private readonly users: UsersRepository,
    private readonly tokens: SessionTokens,
    private readonly sessions: Sessions,
    private readonly refused: RefusedSignIns,
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
  complete(actor: Actor, completion: Completion): Promise<SignedIn> {
    return this.refused.counted(this.attempt(actor, completion));
  }

  private async attempt(actor: Actor, completion: Completion): Promise<SignedIn> {
    const { surface, identifier, temporaryToken, code } = completion;
    const pending = await this.pendingSignIns.find(actor, { secret: temporaryToken, use: 'access', surface });
    const user = await this.users.findById(this.reader, pending.userId);
    if (user?.email !== normaliseIdentifier(identifier)) throw new PendingSignInUnknown();
    const proof = await this.pendingSignIns.attempt(pending, code);
    const token = this.tokens.opaque();
    const opened = await this.unitOfWork.run(async (tx) => {
      await this.pendingSignIns.complete(tx, actor, pending, proof);
      const session = { userId: user.id, epoch: user.grantEpoch, surface, description: 'Login' };
      const opened = await this.sessions.open(tx, actor, session, token);
      if (!opened) throw new PendingSignInUnknown();
      return opened;
    });
    return { user, ...opened, expiresAt: token.expiresAt, awaits: null, trusted: null };
  }
}
