import { Module } from '@nestjs/common';
import { CollaboratorsModule } from '../collaborators/collaborators.module.js';
import { GrantsModule } from '../grants/grants.module.js';
import { MailModule } from '../mail/mail.module.js';
import { MediaModule } from '../media/media.module.js';
import { OneTimeTokensModule } from '../one-time-tokens/one-time-tokens.module.js';
import { SocialModule } from '../social/social.module.js';
import { Janitor } from './janitor.service.js';

/** Rows end, and files with them. */
@Module({
  imports: [CollaboratorsModule, GrantsModule, MailModule, MediaModule, OneTimeTokensModule, SocialModule],
  providers: [Janitor],
  exports: [Janitor],
})
export class JanitorModule {}
