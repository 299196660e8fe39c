import { join } from 'node:path';
import { Logger, Module } from '@nestjs/common';
import { Config } from '../config/config.js';
import { DatabaseModule } from '../database/database.module.js';
import { PersonalData } from '../database/personal-data.service.js';
import { MailDelivery } from './mail-delivery.service.js';
import { MailDispatcher } from './mail-dispatcher.service.js';
import { MailQuotaEntity } from './mail-quota.entity.js';
import { MailQuota } from './mail-quota.service.js';
import { MailTemplates } from './mail-templates.js';
import { MailTransport } from './mail-transport.js';
import { MailboxTransport } from './mailbox-transport.js';
import { OutboxMailEntity } from './outbox-mail.entity.js';
import { ManageOutbox } from './manage-outbox.service.js';
import { OutboxController } from './outbox.controller.js';
import { OutboxListRepository } from './outbox-list.repository.js';
import { OutboxRepository } from './outbox.repository.js';
import { Outbox } from './outbox.service.js';
import { PersonalMailsRepository } from './personal-mails.repository.js';
import { packageRoot } from '../common/package-root.js';
import { SmtpTransport } from './smtp-transport.js';
import { Endings } from '../database/endings.service.js';

/** Mail: written in the transaction that causes it, sent after its commit. */
@Module({
  imports: [DatabaseModule.forFeature([OutboxMailEntity, MailQuotaEntity])],
  controllers: [OutboxController],
  providers: [
    Outbox,
    OutboxListRepository,
    OutboxRepository,
    PersonalMailsRepository,
    ManageOutbox,
    MailQuota,
    MailDelivery,
    MailDispatcher,
    {
      provide: MailTemplates,
      useFactory: () => new MailTemplates(join(packageRoot(), 'templates', 'mail')),
    },
    { provide: MailTransport, inject: [Config], useFactory: transportOf },
  ],
  exports: [Outbox, OutboxRepository, MailQuota, MailTemplates],
})
export class MailModule {
  constructor(
    endings: Endings,
    personal: PersonalData,
    outbox: OutboxRepository,
    mails: PersonalMailsRepository,
  ) {
    personal.addMany('mails', (db, subject, look) => mails.tell(db, subject, look));
    personal.addErasure((tx, subject) => mails.forget(tx, subject));
    endings.addRows((tx, now, batch) => outbox.purge(tx, now, batch));
  }
}

function transportOf(config: Config): MailTransport {
  const sender = { from: config.mail.from, host: new URL(config.links.publicUrl).hostname };
  if (config.mail.smtpUrl !== null) return new SmtpTransport(config.mail.smtpUrl, sender);
  if (config.production) {
    new Logger('Mail').warn('SMTP_URL is not given: mails are not sent but written to $DATA_DIR/mailbox');
  }
  return new MailboxTransport(join(config.dataDir, 'mailbox'), sender);
}
