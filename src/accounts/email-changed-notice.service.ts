import { Injectable } from '@nestjs/common';
import type { Tx } from '../database/db.js';
import { MailQuota } from '../mail/mail-quota.service.js';
import { Outbox } from '../mail/outbox.service.js';
import { UsersRepository } from '../users/users.repository.js';

/** Tells the old address of a user that it was replaced. */
@Injectable()
export class EmailChangedNotice {
  constructor(
    private readonly records: UsersRepository,
    private readonly quota: MailQuota,
    private readonly outbox: Outbox,
  ) {}

  /**
   * Writes the notice while the old address is still the user's; without one there is nobody to tell.
   * No more than five an hour: who changes to a stranger's address and away again floods the stranger.
   */
  async enqueue(tx: Tx, userId: string, newAddress: string): Promise<void> {
    const user = await this.records.findById(tx, userId);
    if (!user?.email || user.email === newAddress) return;
    const limit = { recipient: user.email, purpose: 'email-changed', atMostOncePer: 0 };
    if (!(await this.quota.tryTake(tx, limit))) return;
    await this.outbox.enqueue(tx, {
      template: 'email-changed',
      recipient: user.email,
      userId,
      locale: user.locale ?? 'en',
      values: {},
    });
  }
}
