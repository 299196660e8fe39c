import { Injectable } from '@nestjs/common';
import { PersonalAccounts } from '../accounts/personal-accounts.service.js';
import { Clock, DAY, HOUR } from '../common/clock.js';
import { digestOf, randomUuidShaped } from '../common/digest.js';
import type { UserPrincipal } from '../common/security/principal.js';
import { Config } from '../config/config.js';
import type { Tx } from '../database/db.js';
import { MailQuota } from '../mail/mail-quota.service.js';
import { Outbox } from '../mail/outbox.service.js';
import { TOKEN_LIFE } from './collaborator.js';
import { CollaboratorsRepository } from './collaborators.repository.js';
import { plainName } from './plain-name.js';

/** How many invitations one user may send within an hour: he writes to strangers. */
const MOST_AN_HOUR = 50;
const TEMPLATE = 'collaborator-invitation';

/** Writes the mails that invite, each with a token of its own. */
@Injectable()
export class InvitationMail {
  constructor(
    private readonly config: Config,
    private readonly accounts: PersonalAccounts,
    private readonly collaborators: CollaboratorsRepository,
    private readonly quota: MailQuota,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  /** The inviter's name as his mails tell it. */
  async inviterName({ userId, user }: UserPrincipal): Promise<string> {
    const { displayName } = await this.accounts.of(userId);
    return plainName(displayName) || plainName(user.email?.split('@')[0] ?? '') || '…';
  }

  /**
   * True when this user may mail this address now, and then it is counted: five mails an hour to one
   * address whoever invites it, 50 an hour of one inviter (with `RATE_LIMITS=on`).
   */
  async mayWrite(tx: Tx, inviterId: string, email: string): Promise<boolean> {
    if (this.config.server.rateLimits) {
      const since = this.clock.now() - HOUR;
      const written = await this.outbox.countWritten(tx, { userId: inviterId, template: TEMPLATE, since });
      if (written >= MOST_AN_HOUR) return false;
    }
    return this.quota.tryTake(tx, { recipient: email, purpose: TEMPLATE, atMostOncePer: 0 });
  }

  /**
   * Mails a fresh token; those that were mailed before work until their own end. The mail counts as the
   * inviter's: when he is erased, one that still waits is never sent.
   */
  async write(
    tx: Tx,
    to: { collaboratorId: string; videoId: number; email: string; locale: string },
    inviter: { userId: string; name: string },
  ): Promise<void> {
    const now = this.clock.now();
    const token = randomUuidShaped();
    const { collaboratorId, videoId, email: recipient, locale } = to;
    const expiresAt = now + TOKEN_LIFE;
    await this.collaborators.insertToken(tx, { digest: digestOf(token), collaboratorId, now, expiresAt });
    await this.outbox.enqueue(tx, {
      template: TEMPLATE,
      recipient,
      userId: inviter.userId,
      locale,
      values: {
        inviter: inviter.name,
        link: `${this.config.links.webAppUrl}/video/${videoId}?token=${token}`,
        days: TOKEN_LIFE / DAY,
      },
    });
  }
}
