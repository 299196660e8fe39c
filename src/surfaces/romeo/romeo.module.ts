import { Module } from '@nestjs/common';
import { AccountsModule } from '../../accounts/accounts.module.js';
import { AuthModule } from '../../auth/auth.module.js';
import { PagesModule } from '../../http/pages/pages.module.js';
import { RomeoAccountController } from './account.controller.js';
import { RomeoLogoutController } from './logout.controller.js';
import { RomeoSessionController } from './session.controller.js';
import { RomeoSurface } from './romeo.surface.js';

/** Document 002: sessions of browsers, and their owners' accounts. */
@Module({
  imports: [AccountsModule, AuthModule, PagesModule],
  controllers: [RomeoSessionController, RomeoAccountController, RomeoLogoutController],
  providers: [RomeoSurface],
})
export class RomeoModule {}
