import { Injectable } from '@nestjs/common';
import { Audit } from '../audit/audit.service.js';
import type { Actor } from '../common/actor.js';
import { MINUTE, SECOND } from '../common/clock.js';
import { RateLimited } from '../common/errors.js';
import { normaliseIdentifier } from '../common/identifier.js';
import { isAbove } from '../common/levels.js';
import { Config } from '../config/config.js';
import { Reader, type Tx } from '../database/db.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import { InsufficientRights } from '../grants/grants.errors.js';
import { Sessions } from '../grants/sessions.service.js';
import { MailQuota } from '../mail/mail-quota.service.js';
import { Outbox } from '../mail/outbox.service.js';
import { OneTimeTokens } from '../one-time-tokens/one-time-tokens.service.js';
import { isReachable, mayAskForLinks } from '../users/mailed-links.js';
import type { UserRecord } from '../users/user.js';
import { UserNotFound } from '../users/users.errors.js';
import { UsersRepository } from '../users/users.repository.js';
import { UserNotReachable } from './auth.errors.js';

/** How long a sign-in link works (contract 4.3). */
const LIFE_MINUTES = 15;

/** Who a link goes to, and in which language; without a user it goes nowhere. */
interface Recipient {
  readonly user: UserRecord | null;
  readonly address: string;
  readonly locale: string | null;
}

/** Mails links that sign in: for 15 minutes, once, at most one a minute and five an hour per user. */
@Injectable()
export class SendSignInLink {
  constructor(
    private readonly config: Config,
    private readonly users: UsersRepository,
    private readonly reader: Reader,
    private readonly sessions: Sessions,
    private readonly quota: MailQuota,
    private readonly tokens: OneTimeTokens,
    private readonly outbox: Outbox,
    private readonly audit: Audit,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  /**
   * Mails the owner of `email` a link. For an address that nobody has, that is not to be written to, or
   * that was written to a moment ago the same rows are written for nobody: neither the answer nor the
   * time tells (contract 3.14).
   */
  async request(email: string, locale: string): Promise<void> {
    const address = normaliseIdentifier(email);
    const found = await this.users.findByIdentifier(this.reader, address);
    const user = found && found.email === address && mayAskForLinks(found) ? found : null;
    const to = { user, address: [...address].slice(0, 254).join(''), locale: user?.locale ?? locale };
    await this.unitOfWork.run(async (tx) => {
      const mayMail = await this.quota.tryTake(tx, quotaOf(to.address));
      await this.mail(tx, mayMail ? to : { ...to, user: null });
    });
  }

  /**
   * Mails a user below the caller a link, which the caller never sees.
   * @throws UserNotFound, InsufficientRights, UserNotReachable; RateLimited when he was mailed one a moment ago
   */
  async sendTo(actor: Actor, userId: string): Promise<void> {
    const { principal } = actor;
    if (principal?.kind !== 'user') throw new InsufficientRights();
    await this.unitOfWork.run(async (tx) => {
      await this.sessions.assertLive(tx, principal);
      const user = await this.users.findById(tx, userId.toLowerCase());
      if (!user) throw new UserNotFound();
      if (!isAbove(principal.level, user.level)) throw new InsufficientRights();
      if (!isReachable(user)) throw new UserNotReachable();
      if (!(await this.quota.tryTake(tx, quotaOf(user.email)))) throw new RateLimited(MINUTE / SECOND);
      await this.mail(tx, { user, address: user.email, locale: user.locale });
      await this.audit.record(tx, actor, { kind: 'session.link-given', userId: user.id });
    });
  }

  private async mail(tx: Tx, { user, address, locale }: Recipient): Promise<void> {
    const token = await this.tokens.issue(tx, {
      purpose: 'sign-in',
      userId: user?.id ?? null,
      address,
      epoch: user?.grantEpoch ?? 0,
      ttl: LIFE_MINUTES * MINUTE,
    });
    const mail = {
      template: 'sign-in-link' as const,
      recipient: address,
      userId: user?.id ?? null,
      locale,
      values: { link: `${this.config.links.publicUrl}/#/sign-in/${token}`, minutes: LIFE_MINUTES },
    };
    await (user ? this.outbox.enqueue(tx, mail) : this.outbox.enqueueDecoy(tx, mail));
  }
}

function quotaOf(recipient: string) {
  return { recipient, purpose: 'sign-in', atMostOncePer: MINUTE };
}
