import { Injectable } from '@nestjs/common';
import { HOUR, MINUTE } from '../common/clock.js';
import { normaliseIdentifier } from '../common/identifier.js';
import type { UserType } from '../common/levels.js';
import { Config } from '../config/config.js';
import { Reader } from '../database/db.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import { parseUrlFormat } from '../mail/url-format.js';
import { MailQuota } from '../mail/mail-quota.service.js';
import { Outbox } from '../mail/outbox.service.js';
import { OneTimeTokens } from '../one-time-tokens/one-time-tokens.service.js';
import { mayAskForLinks } from '../users/mailed-links.js';
import { UsersRepository } from '../users/users.repository.js';

/** Who asks for a link, under whatever identifier. */
export interface ResetRequest {
  readonly identifier: string;
  /** Null for the configured one. */
  readonly urlFormat: string | null;
  /** The kinds of user that the door is for; every kind when left out. */
  readonly types?: readonly UserType[];
  readonly locale: string;
}

/** Mails a link to set a new password. */
@Injectable()
export class RequestPasswordReset {
  constructor(
    private readonly config: Config,
    private readonly users: UsersRepository,
    private readonly reader: Reader,
    private readonly quota: MailQuota,
    private readonly tokens: OneTimeTokens,
    private readonly outbox: Outbox,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  /**
   * Mails the owner of `identifier` a link, at most once a minute. For an unknown or blocked user
   * the same rows are written for nobody: neither the answer nor the time tells (contract 3.14, 4.5).
   * @throws UrlFormatInvalid
   */
  async request(request: ResetRequest): Promise<void> {
    const format = parseUrlFormat(
      request.urlFormat ?? this.config.passwords.resetUrlFormat,
      this.config.links,
    );
    const found = await this.users.findByIdentifier(this.reader, request.identifier);
    const isForDoor = found !== null && (request.types?.includes(found.type) ?? true);
    const user = found && isForDoor && mayAskForLinks(found) ? found : null;
    const recipient = user?.email ?? [...normaliseIdentifier(request.identifier)].slice(0, 254).join('');
    const locale = user?.locale ?? request.locale;
    await this.unitOfWork.run(async (tx) => {
      const limit = { recipient, purpose: 'reset-password', atMostOncePer: MINUTE };
      // Where no mail may go, the work is done for nobody all the same: its time tells nothing.
      const to = (await this.quota.tryTake(tx, limit)) ? user : null;
      const token = await this.tokens.issue(tx, {
        purpose: 'set-password',
        userId: to?.id ?? null,
        address: recipient,
        epoch: to?.grantEpoch ?? 0,
        ttl: this.config.passwords.resetLinkTtl,
      });
      const hours = Math.ceil(this.config.passwords.resetLinkTtl / HOUR);
      const mail = {
        template: 'reset-password' as const,
        recipient,
        userId: to?.id ?? null,
        locale,
        values: { link: format.link({ token, email: recipient }), hours },
      };
      await (to ? this.outbox.enqueue(tx, mail) : this.outbox.enqueueDecoy(tx, mail));
    });
  }
}
