import { Module } from '@nestjs/common';
import { AccountsModule } from '../../accounts/accounts.module.js';
import { AuthModule } from '../../auth/auth.module.js';
import { MediaModule } from '../../media/media.module.js';
import { RomeoAccountController } from './account.controller.js';
import { RomeoMediaController } from './media.controller.js';
import { RomeoSessionController } from './session.controller.js';
import { RomeoSurface } from './romeo.surface.js';

/** Document 002: sessions of browsers, and their owners' accounts with their images. */
@Module({
  imports: [AccountsModule, AuthModule, MediaModule],
  controllers: [RomeoSessionController, RomeoAccountController, RomeoMediaController],
  providers: [RomeoSurface],
})
export class RomeoModule {}
