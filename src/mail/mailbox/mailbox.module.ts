import { Module, type DynamicModule } from '@nestjs/common';
import type { Config } from '../../config/config.js';
import { MailboxController } from './mailbox.controller.js';
import { Mailbox } from './mailbox.service.js';

/**
 * The development mailbox over HTTP. Where an SMTP server takes the mails, and in production whatever
 * takes them, it is empty: there is no route.
 */
@Module({})
export class MailboxModule {
  static forRoot({ production, mail }: Config): DynamicModule {
    if (production || mail.smtpUrl !== null) return { module: MailboxModule };
    return { module: MailboxModule, controllers: [MailboxController], providers: [Mailbox] };
  }
}
