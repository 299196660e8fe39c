import { Module } from '@nestjs/common';
import { GrantsModule } from '../grants/grants.module.js';
import { MailModule } from '../mail/mail.module.js';
import { OneTimeTokensModule } from '../one-time-tokens/one-time-tokens.module.js';
import { SocialModule } from '../social/social.module.js';
import { Janitor } from './janitor.service.js';

/** Rows end. */
@Module({
  imports: [GrantsModule, MailModule, OneTimeTokensModule, SocialModule],
  providers: [Janitor],
  exports: [Janitor],
})
export class JanitorModule {}
