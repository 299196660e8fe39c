import { Injectable } from '@nestjs/common';
import type { Actor } from '../common/actor.js';
import { Reader } from '../database/db.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import { SecondFactor } from '../factors/second-factor.service.js';
import { SessionTokens } from '../grants/session-tokens.service.js';
import { Sessions } from '../grants/sessions.service.js';
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
    private readonly tokens: OneTimeTokens,
    private readonly records: UsersRepository,
    private readonly users: Users,
    private readonly entry: EntryConditions,
    private readonly sessionTokens: SessionTokens,
    private readonly sessions: Sessions,
    private readonly secondFactor: SecondFactor,
    private readonly reader: Reader,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  /**
   * Opens a session as every sign-in does, confirms the address that the link was mailed to, ends the
   * session that came along and answers the cookie. Of parallel redemptions one wins; a refused one
   * leaves the link alive. Who has a second factor is let in by no link. An address that is no longer the user's, a password changed or a user
   * blocked since leave no session behind.
   * @throws SignInLinkInvalid, whatever is wrong
   * Spec: 002 "Token Validation"; contract 3.3, 3.7, 4.3.
   */
  async redeem(actor: Actor, redemption: SignInLinkRedemption): Promise<string> {
    const live = await this.tokens.peek('sign-in', redemption.token);
    const user = live && (await this.records.findById(this.reader, live.userId));
    if (!user || !this.entry.mayEnterByLink(actor, user)) throw new SignInLinkInvalid();
    const { surface, previousCookie } = redemption;
    const cookie = this.sessionTokens.cookie();
    return this.unitOfWork.run(async (tx) => {
      const redeemed = await this.tokens.consume(tx, 'sign-in', redemption.token);
      if (!redeemed?.address) throw new SignInLinkInvalid();
      const { userId, address, epoch } = redeemed;
      if (await this.secondFactor.isNeeded(tx, userId)) throw new SignInLinkInvalid();
      if (!(await this.users.confirmEmail(tx, userId, address))) throw new SignInLinkInvalid();
      const session = { userId, epoch, surface, description: 'Sign-in link' };
      const opened = await this.sessions.open(tx, actor, session, cookie);
      if (!opened) throw new SignInLinkInvalid();
      if (previousCookie) {
        await this.sessions.endByCookie(tx, previousCookie, 'signed-in-anew', opened.grantId);
      }
      return opened.token;
    });
  }
}
