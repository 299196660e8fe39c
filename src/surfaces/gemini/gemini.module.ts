import { Module } from '@nestjs/common';
import { AccountsModule } from '../../accounts/accounts.module.js';
import { AuthModule } from '../../auth/auth.module.js';
import { PrivacyModule } from '../../privacy/privacy.module.js';
import { ProfilesModule } from '../../profiles/profiles.module.js';
import { UsersModule } from '../../users/users.module.js';
import { PasswordGrants } from './password-grants.js';
import { GeminiProfilesController } from './profiles.controller.js';
import { GeminiSurface } from './gemini.surface.js';
import { GeminiTokenController } from './token.controller.js';
import { GeminiUsersController } from './users.controller.js';

/** Document 000: OAuth 2 clients that exchange their users' passwords for tokens. */
@Module({
  imports: [AccountsModule, AuthModule, PrivacyModule, ProfilesModule, UsersModule],
  controllers: [GeminiTokenController, GeminiUsersController, GeminiProfilesController],
  providers: [GeminiSurface, PasswordGrants],
})
export class GeminiModule {}
