import { Injectable } from '@nestjs/common';
import { HOUR } from '../common/clock.js';
import { Reader } from '../database/db.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import { MailQuota } from '../mail/mail-quota.service.js';
import { Outbox } from '../mail/outbox.service.js';
import { UsersRepository } from '../users/users.repository.js';

/** Tells the owner of an address that somebody tried to register with it, once an hour at most. */
@Injectable()
export class AlreadyRegisteredNotice {
  constructor(
    private readonly users: UsersRepository,
    private readonly reader: Reader,
    private readonly quota: MailQuota,
    private readonly outbox: Outbox,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  async send(email: string, locale: string): Promise<void> {
    const owner = await this.users.findByIdentifier(this.reader, email);
    if (owner?.email !== email) return;
    await this.unitOfWork.run(async (tx) => {
      const limit = { recipient: email, purpose: 'already-registered', atMostOncePer: HOUR };
      if (!(await this.quota.tryTake(tx, limit))) return;
      await this.outbox.enqueue(tx, {
        template: 'already-registered',
        recipient: email,
        userId: owner.id,
        locale: owner.locale ?? locale,
        values: {},
      });
    });
  }
}
