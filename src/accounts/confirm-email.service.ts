import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../database/unit-of-work.js';
import { OneTimeTokens } from '../one-time-tokens/one-time-tokens.service.js';
import { Users } from '../users/users.service.js';
import { ConfirmationUnknown, ConfirmationUsed } from './accounts.errors.js';
import { EmailChangedNotice } from './email-changed-notice.service.js';

/** Confirms an address by its mailed link. */
@Injectable()
export class ConfirmEmail {
  constructor(
    private readonly tokens: OneTimeTokens,
    private readonly users: Users,
    private readonly notice: EmailChangedNotice,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  /**
   * Returns when the link could be redeemed now; redeems nothing, so a mail scanner may open it.
   * @throws ConfirmationUnknown, ConfirmationUsed
   */
  async look(token: string): Promise<void> {
    if ((await this.tokens.peek('confirm-email', token)) === null) await this.refuse(token);
  }

  /**
   * Marks the address that the link was mailed to as confirmed. When it is one that the user changes
   * to, it becomes his address and the old one is told.
   * @throws ConfirmationUnknown, ConfirmationUsed; IdentifierTaken when the new address was taken meanwhile
   * Spec: contract 3.7, 3.15.
   */
  async confirm(token: string): Promise<void> {
    const confirmed = await this.unitOfWork.run(async (tx) => {
      const redeemed = await this.tokens.consume(tx, 'confirm-email', token);
      if (!redeemed?.address) return false;
      if (await this.users.confirmEmail(tx, redeemed.userId, redeemed.address)) return true;
      await this.notice.enqueue(tx, redeemed.userId, redeemed.address);
      await this.users.changeEmail(tx, redeemed.userId, redeemed.address, true);
      return true;
    });
    if (!confirmed) await this.refuse(token);
  }

  private async refuse(token: string): Promise<never> {
    throw (await this.tokens.wasConsumed('confirm-email', token))
      ? new ConfirmationUsed()
      : new ConfirmationUnknown();
  }
}
