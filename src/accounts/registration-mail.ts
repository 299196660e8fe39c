import { Injectable } from '@nestjs/common';
import { DAY } from '../common/clock.js';
import { Config } from '../config/config.js';
import type { Tx } from '../database/db.js';
import { parseEmailFormat, type EmailFormat } from '../mail/email-format.js';
import { MailQuota } from '../mail/mail-quota.service.js';
import { Outbox } from '../mail/outbox.service.js';
import { parseUrlFormat, type UrlFormat } from '../mail/url-format.js';
import type { TokenPurpose } from '../one-time-tokens/one-time-token.js';
import { OneTimeTokens } from '../one-time-tokens/one-time-tokens.service.js';

/** Registration and confirmation links live 7 days (contract 1). */
export const REGISTRATION_LINK_DAYS = 7;

/** To whom a registration mail goes. */
export interface Recipient {
  readonly userId: string;
  readonly email: string;
  readonly epoch: number;
  readonly locale: string;
}

/** The formats of a registration's mail, checked. */
export interface RegistrationFormats {
  readonly url: UrlFormat;
  readonly email: EmailFormat | null;
}

/** Writes the mails of a registration, with their links, in the unit of work that registers. */
@Injectable()
export class RegistrationMail {
  constructor(
    private readonly config: Config,
    private readonly tokens: OneTimeTokens,
    private readonly outbox: Outbox,
    private readonly quota: MailQuota,
  ) {}

  /**
   * Checks the caller's formats, or takes the configured ones.
   * @throws UrlFormatInvalid, EmailFormatInvalid
   */
  formats(urlFormat: string | null, emailFormat: string | null): RegistrationFormats {
    const url = parseUrlFormat(urlFormat ?? this.config.registration.urlFormat, this.config.links);
    const format = emailFormat ?? this.config.registration.emailFormat;
    return { url, email: format === null ? null : parseEmailFormat(format, this.config.links) };
  }

  /**
   * Mails the link that confirms an address: the user's own, or one that he asks to change to. Five times
   * an hour at most, and once in `atMostOncePer` ms.
   */
  async confirmation(
    tx: Tx,
    to: Recipient,
    purpose: 'confirm-email' | 'change-email' = 'confirm-email',
    atMostOncePer = 0,
  ): Promise<void> {
    // Who registers and erases, or changes to and fro, does not flood a stranger: five an hour (contract 3.12).
    const limit = { recipient: to.email, purpose: 'confirm-email', atMostOncePer };
    if (!(await this.quota.tryTake(tx, limit))) return;
    await this.outbox.enqueue(tx, {
      template: 'confirm-email',
      recipient: to.email,
      userId: to.userId,
      locale: to.locale,
      values: { link: await this.confirmLink(tx, to, purpose), days: REGISTRATION_LINK_DAYS },
    });
  }

  /** Mails the link that sets a first password; with confirmation on, the confirming link stands beside it. */
  async setPassword(tx: Tx, to: Recipient, formats: RegistrationFormats): Promise<void> {
    const token = await this.tokens.issue(tx, {
      purpose: 'set-password',
      userId: to.userId,
      address: to.email,
      epoch: to.epoch,
      ttl: REGISTRATION_LINK_DAYS * DAY,
    });
    const link = formats.url.link({ token, email: to.email });
    const common = { recipient: to.email, userId: to.userId, locale: to.locale };
    const values = { link, days: REGISTRATION_LINK_DAYS };
    const customText = formats.email?.text({ link, email: to.email }) ?? null;
    if (this.config.registration.confirmEmail) {
      const confirmLink = await this.confirmLink(tx, to, 'confirm-email');
      await this.outbox.enqueue(tx, {
        ...common,
        template: 'confirm-and-set-password',
        values: { ...values, confirmLink },
        customText: customText === null ? null : `${customText}\n\n${confirmLink}\n`,
      });
    } else {
      await this.outbox.enqueue(tx, { ...common, template: 'set-password', values, customText });
    }
  }

  private async confirmLink(tx: Tx, to: Recipient, purpose: TokenPurpose): Promise<string> {
    const token = await this.tokens.issue(tx, {
      purpose,
      userId: to.userId,
      address: to.email,
      epoch: to.epoch,
      ttl: REGISTRATION_LINK_DAYS * DAY,
    });
    return `${this.config.links.publicUrl}/c/confirm-user-email/${token}`;
  }
}
