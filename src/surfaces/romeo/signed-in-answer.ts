import { Injectable } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { PersonalAccounts } from '../../accounts/personal-accounts.service.js';
import type { UserSummary } from '../../common/security/principal.js';
import { Config } from '../../config/config.js';
import { openedSessionCookie } from '../../http/session-cookie.js';
import { accountView, userView } from './romeo.presenters.js';

/** What somebody gets who has signed in, whichever way (document 002, "Login"). */
@Injectable()
export class SignedInAnswer {
  constructor(
    private readonly config: Config,
    private readonly accounts: PersonalAccounts,
  ) {}

  /** Gives the browser its session: until it is closed, or as long as a session may live. */
  setCookie(reply: FastifyReply, value: string, isRemembered: boolean): void {
    void reply.header('set-cookie', openedSessionCookie(value, this.config, isRemembered));
  }

  /** The body: account and user. */
  async bodyOf(user: UserSummary) {
    const account = await this.accounts.of(user.id);
    return { account: accountView(account, this.config.links.publicUrl), user: userView(user, account) };
  }
}
