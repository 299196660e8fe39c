import { Module } from '@nestjs/common';
import { AccountsModule } from '../../accounts/accounts.module.js';
import { AuthModule } from '../../auth/auth.module.js';
import { CollaboratorsModule } from '../../collaborators/collaborators.module.js';
import { PagesModule } from '../../http/pages/pages.module.js';
import { MediaModule } from '../../media/media.module.js';
import { SocialModule } from '../../social/social.module.js';
import { RomeoAccountController } from './account.controller.js';
import { RomeoExternalLoginController } from './external-login.controller.js';
import { HandOverPage } from './hand-over-page.js';
import { RomeoLogoutController } from './logout.controller.js';
import { RomeoMediaController } from './media.controller.js';
import { RomeoProviderPagesController } from './provider-pages.controller.js';
import { RomeoSurface } from './romeo.surface.js';
import { RomeoSessionController } from './session.controller.js';
import { SignedInAnswer } from './signed-in-answer.js';
import { RomeoTokenController } from './token.controller.js';
import { RomeoVideoController } from './video.controller.js';

/**
 * Document 002: sessions of browsers, and their owners' accounts with their images; signing in
 * elsewhere; videos and whom they are shared with.
 */
@Module({
  imports: [AccountsModule, AuthModule, CollaboratorsModule, MediaModule, PagesModule, SocialModule],
  controllers: [
    RomeoSessionController,
    RomeoLogoutController,
    RomeoExternalLoginController,
    RomeoProviderPagesController,
    RomeoTokenController,
    RomeoAccountController,
    RomeoMediaController,
    RomeoVideoController,
  ],
  providers: [HandOverPage, RomeoSurface, SignedInAnswer],
})
export class RomeoModule {}
