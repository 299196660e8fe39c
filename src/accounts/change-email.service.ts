import { Injectable } from '@nestjs/common';
import { Audit } from '../audit/audit.service.js';
import type { Actor } from '../common/actor.js';
import { MINUTE } from '../common/clock.js';
import { normaliseIdentifier } from '../common/identifier.js';
import { Config } from '../config/config.js';
import { Reader, type Db, type Tx } from '../database/db.js';
import { MailQuota } from '../mail/mail-quota.service.js';
import { SecurityNotices } from '../notices/security-notices.service.js';
import { OneTimeTokens } from '../one-time-tokens/one-time-tokens.service.js';
import { IdentifierTaken } from '../users/users.errors.js';
import { Users } from '../users/users.service.js';
import { UsersRepository } from '../users/users.repository.js';
import { userIdOf } from './actor-authority.js';
import { RegistrationMail } from './registration-mail.js';

/** Changes the address of a user (contract 3.15). */
@Injectable()
export class ChangeEmail {
  constructor(
    private readonly config: Config,
    private readonly users: Users,
    private readonly records: UsersRepository,
    private readonly notices: SecurityNotices,
    private readonly mail: RegistrationMail,
    private readonly tokens: OneTimeTokens,
    private readonly quota: MailQuota,
    private readonly audit: Audit,
    private readonly reader: Reader,
  ) {}

  /** @throws IdentifierTaken when somebody else has the address. */
  async assertFree(userId: string, address: string): Promise<void> {
    const owner = await this.records.findByIdentifier(this.reader, address);
    if (owner && owner.id !== userId) throw new IdentifierTaken();
  }

  /** The address that takes the place of the user's once it is confirmed; null for none. */
  pending(db: Db, userId: string): Promise<string | null> {
    return this.tokens.addressOf(db, userId, 'change-email');
  }

  /**
   * Has no address that waits to be confirmed take the place of the present one any more. For whoever
   * moves on the ladder: who asked for the address had authority over what he was, not over what he is.
   */
  withdraw(tx: Tx, userId: string): Promise<void> {
    return this.tokens.end(tx, userId, 'change-email');
  }

  /**
   * Puts the new address in place at once and tells the old one; with confirmation on, the old one
   * stays until the link mailed to the new one (once a minute at most) is redeemed. With `confirmsNew`
   * the new one is asked to confirm itself in either case. The same address changes nothing.
   * @throws IdentifierTaken as `Users.create` does.
   */
  async change(
    tx: Tx,
    actor: Actor,
    userId: string,
    newAddress: string,
    { locale, confirmsNew = false }: { locale: string; confirmsNew?: boolean },
  ): Promise<void> {
    const address = normaliseIdentifier(newAddress);
    const user = await this.records.findById(tx, userId);
    if (!user || user.email === address) return;
    if (this.config.registration.confirmEmail) {
      const limit = { recipient: address, purpose: 'change-email', atMostOncePer: MINUTE };
      if (!(await this.quota.tryTake(tx, limit))) return;
      const recipient = { userId, email: address, epoch: user.grantEpoch, locale: user.locale ?? locale };
      return this.mail.confirmation(tx, recipient, 'change-email');
    }
    const isByAuthority = userIdOf(actor) !== userId;
    await this.notices.tell(tx, actor, userId, { what: 'email-changed', to: address, isByAuthority });
    await this.users.changeEmail(tx, userId, address, false);
    await this.audit.record(tx, actor, { kind: 'email.changed', userId });
    if (confirmsNew) {
      const recipient = { userId, email: address, epoch: user.grantEpoch, locale: user.locale ?? locale };
      await this.mail.confirmation(tx, recipient);
    }
  }
}
