import { Module } from '@nestjs/common';
import { AccountsModule } from '../../accounts/accounts.module.js';
import { AuthModule } from '../../auth/auth.module.js';
import { CollaboratorsModule } from '../../collaborators/collaborators.module.js';
import { RomeoAccountController } from './account.controller.js';
import { RomeoSessionController } from './session.controller.js';
import { RomeoSurface } from './romeo.surface.js';
import { RomeoTokenController } from './token.controller.js';
import { RomeoVideoController } from './video.controller.js';

/** Document 002: sessions of browsers, and their owners' accounts; videos and whom they are shared with. */
@Module({
  imports: [AccountsModule, AuthModule, CollaboratorsModule],
  controllers: [RomeoSessionController, RomeoAccountController, RomeoTokenController, RomeoVideoController],
  providers: [RomeoSurface],
})
export class RomeoModule {}
