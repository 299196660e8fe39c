import { Injectable } from '@nestjs/common';
import { Audit } from '../../audit/audit.service.js';
import type { Actor } from '../../common/actor.js';
import { HOUR, MINUTE, SECOND } from '../../common/clock.js';
import { RateLimited } from '../../common/errors.js';
import { isAbove } from '../../common/levels.js';
import { Config } from '../../config/config.js';
import { UnitOfWork } from '../../database/unit-of-work.js';
import { InsufficientRights } from '../../grants/grants.errors.js';
import { Sessions } from '../../grants/sessions.service.js';
import { UserNotReachable } from '../../auth/auth.errors.js';
import { MailQuota } from '../../mail/mail-quota.service.js';
import { Outbox } from '../../mail/outbox.service.js';
import { parseUrlFormat } from '../../mail/url-format.js';
import { OneTimeTokens } from '../../one-time-tokens/one-time-tokens.service.js';
import { isReachable } from '../../users/mailed-links.js';
import { UserNotFound } from '../../users/users.errors.js';
import { UsersRepository } from '../../users/users.repository.js';

/** Has administrators mail others the link that sets a new password. */
@Injectable()
export class SendPasswordLink {
  constructor(
    private readonly config: Config,
    private readonly users: UsersRepository,
    private readonly sessions: Sessions,
    private readonly quota: MailQuota,
    private readonly tokens: OneTimeTokens,
    private readonly outbox: Outbox,
    private readonly audit: Audit,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  /**
   * Mails a user below the caller, or anybody for a superuser, a link, which the caller never sees; his
   * password counts until he uses it. It shares the quota of the links that he asks for himself.
   * @throws UserNotFound, InsufficientRights, UserNotReachable; RateLimited when he was mailed one a moment ago
   */
  async send(actor: Actor, userId: string, locale: string): Promise<void> {
    const { principal } = actor;
    if (principal?.kind !== 'user') throw new InsufficientRights();
    const { resetUrlFormat, resetLinkTtl } = this.config.passwords;
    const format = parseUrlFormat(resetUrlFormat, this.config.links);
    await this.unitOfWork.run(async (tx) => {
      await this.sessions.assertLive(tx, principal);
      const user = await this.users.lock(tx, userId.toLowerCase());
      if (!user) throw new UserNotFound();
      if (principal.level !== 'superuser' && !isAbove(principal.level, user.level)) {
        throw new InsufficientRights();
      }
      if (!isReachable(user)) throw new UserNotReachable();
      const { id, email } = user;
      const limit = { recipient: email, purpose: 'reset-password', atMostOncePer: MINUTE };
      if (!(await this.quota.tryTake(tx, limit))) throw new RateLimited(MINUTE / SECOND);
      const link = { userId: id, address: email, epoch: user.grantEpoch, ttl: resetLinkTtl };
      const token = await this.tokens.issue(tx, { ...link, purpose: 'set-password' });
      await this.outbox.enqueue(tx, {
        template: 'reset-password',
        recipient: email,
        userId: id,
        locale: user.locale ?? locale,
        values: { link: format.link({ token, email }), hours: Math.ceil(resetLinkTtl / HOUR) },
      });
      await this.audit.record(tx, actor, { kind: 'password.link-given', userId: id });
    });
  }
}
