import { Injectable } from '@nestjs/common';
import type { Actor } from '../common/actor.js';
import { Clock } from '../common/clock.js';
import { Config } from '../config/config.js';
import type { Tx } from '../database/db.js';
import { isMailAddress } from '../mail/mail-address.js';
import { MailQuota } from '../mail/mail-quota.service.js';
import { Outbox } from '../mail/outbox.service.js';
import { UsersRepository } from '../users/users.repository.js';
import type { Notice } from './notice.js';
import { mailOf } from './notice-mail.js';

/** Tells users what happens to their accounts (contract 3.6). */
@Injectable()
export class SecurityNotices {
  constructor(
    private readonly config: Config,
    private readonly users: UsersRepository,
    private readonly quota: MailQuota,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  /**
   * Mails the user what `actor` has done, at his present address and in his language, if `tx` commits;
   * blocked or not. Without an address there is nobody to tell. Answers false where five an hour of the
   * same kind have gone to that address: each kind is counted by itself, so that none hides another. That
   * he is erased is told at a confirmed address only, by a mail that does not go with him.
   */
  async tell(tx: Tx, actor: Actor, userId: string, notice: Notice): Promise<boolean> {
    const user = await this.users.findById(tx, userId);
    if (!user?.email || !isMailAddress(user.email)) return true;
    if (notice.what === 'email-changed' && notice.to === user.email) return true;
    const isLast = notice.what === 'account-erased';
    if (isLast && !user.isEmailConfirmed) return true;
    const limit = { recipient: user.email, purpose: notice.what, atMostOncePer: 0 };
    if (!(await this.quota.tryTake(tx, limit))) return false;
    const facts = { actor, at: this.clock.now(), link: this.config.links.publicUrl };
    const { email: recipient, locale } = user;
    await this.outbox.enqueue(tx, {
      ...mailOf(notice, facts),
      ...{ recipient, userId: isLast ? null : userId, locale },
    });
    return true;
  }
}
