import { Injectable } from '@nestjs/common';
import { MINUTE } from '../common/clock.js';
import type { UserPrincipal } from '../common/security/principal.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import { Sessions } from '../grants/sessions.service.js';
import { isMailAddress } from '../mail/mail-address.js';
import { UsersRepository } from '../users/users.repository.js';
import { RegistrationMail } from './registration-mail.js';

/** Asks for another link that confirms one's own address. */
@Injectable()
export class RequestConfirmation {
  constructor(
    private readonly records: UsersRepository,
    private readonly mail: RegistrationMail,
    private readonly sessions: Sessions,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  /**
   * Mails the caller a link in the place of the one before, unless his address is confirmed or was
   * mailed one less than a minute ago. @throws CredentialUnknown
   */
  async request(caller: UserPrincipal, locale: string): Promise<void> {
    await this.unitOfWork.run(async (tx) => {
      await this.sessions.assertLive(tx, caller);
      const user = await this.records.findById(tx, caller.userId);
      if (!user?.email || user.emailConfirmedAt !== null || !isMailAddress(user.email)) return;
      const { id: userId, email, grantEpoch: epoch } = user;
      const recipient = { userId, email, epoch, locale: user.locale ?? locale };
      await this.mail.confirmation(tx, recipient, 'confirm-email', MINUTE);
    });
  }
}
