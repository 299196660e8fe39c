import { Injectable } from '@nestjs/common';
import { Audit } from '../audit/audit.service.js';
import type { Actor } from '../common/actor.js';
import { Config } from '../config/config.js';
import { Reader, type Tx } from '../database/db.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import { SecondFactor } from '../factors/second-factor.service.js';
import { SessionTokens } from '../grants/session-tokens.service.js';
import { Sessions } from '../grants/sessions.service.js';
import type { RedeemedToken } from '../one-time-tokens/one-time-token.js';
import { OneTimeTokens } from '../one-time-tokens/one-time-tokens.service.js';
import { Users } from '../users/users.service.js';
import { UsersRepository } from '../users/users.repository.js';
import { SignInLinkInvalid } from './auth.errors.js';
import { EntryConditions } from './entry-conditions.service.js';

/** A mailed token, and the browser that shows it. */
export interface SignInLinkRedemption {
  readonly surface: string;
  readonly token: string;
  /** The session cookie that came with the request: it ends. */
  readonly previousCookie: string | null;
}

/** Signs in by a mailed link. */
@Injectable()
export class RedeemSignInLink {
  constructor(
    private readonly config: Config,
    private readonly tokens: OneTimeTokens,
    private readonly records: UsersRepository,
    private readonly users: Users,
    private readonly entry: EntryConditions,
    private readonly sessionTokens: SessionTokens,
    private readonly sessions: Sessions,
    private readonly secondFactor: SecondFactor,
    private readonly reader: Reader,
    private readonly audit: Audit,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  /**
   * Opens a session as every sign-in does, confirms the address that the link was mailed to (the first
   * time everything that was opened before ends), ends the session that came along and answers the
   * cookie. Of parallel redemptions one wins; a refused one leaves the link alive. Who has a second factor
   * is let in by no link. An address that is no longer the user's, a password changed or a user
   * blocked since leave no session behind.
   * @throws SignInLinkInvalid, whatever is wrong
   * Spec: 002 "Token Validation"; contract 3.3, 3.7, 4.3.
   */
  async redeem(actor: Actor, redemption: SignInLinkRedemption): Promise<string> {
    const live = await this.tokens.peek('sign-in', redemption.token);
    const user = live && (await this.records.findById(this.reader, live.userId));
    if (!user || !(await this.entry.mayEnterByLink(actor, user))) throw new SignInLinkInvalid();
    const { surface, previousCookie } = redemption;
    const cookie = this.sessionTokens.cookie();
    return this.unitOfWork.run(async (tx) => {
      const redeemed = await this.tokens.consume(tx, 'sign-in', redemption.token);
      if (!redeemed?.address) throw new SignInLinkInvalid();
      const { userId, address } = redeemed;
      if (await this.secondFactor.isNeeded(tx, userId)) throw new SignInLinkInvalid();
      const epoch = user.isEmailConfirmed ? redeemed.epoch : await this.reclaim(tx, redeemed);
      if (!(await this.users.confirmEmail(tx, userId, address))) throw new SignInLinkInvalid();
      if (!user.isEmailConfirmed) await this.audit.record(tx, actor, { kind: 'email.confirmed', userId });
      const session = { userId, epoch, surface, description: 'Sign-in link' };
      const opened = await this.sessions.open(tx, actor, session, cookie);
      if (!opened) throw new SignInLinkInvalid();
      if (previousCookie) {
        await this.sessions.endByCookie(tx, actor, previousCookie, 'signed-in-anew', opened.grantId);
      }
      return opened.token;
    });
  }

  /**
   * Whoever registered the address may not have been its owner: all that he holds ends. So does a
   * password that was never to let anybody in before the address was confirmed.
   */
  private async reclaim(tx: Tx, { userId, epoch }: RedeemedToken): Promise<number> {
    const clearsPassword = this.config.registration.confirmEmail;
    const next = await this.users.reclaim(tx, { userId, epoch, clearsPassword });
    if (next === null) throw new SignInLinkInvalid();
    return next;
  }
}
