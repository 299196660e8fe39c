import { Module } from '@nestjs/common';
import { AccountsModule } from '../../accounts/accounts.module.js';
import { AuthModule } from '../../auth/auth.module.js';
import { PagesModule } from '../../http/pages/pages.module.js';
import { UsersModule } from '../../users/users.module.js';
import { PasswordPolicyModule } from '../../password-policy/password-policy.module.js';
import { AccountMeController } from './account-me.controller.js';
import { ChangePasswordController } from './change-password.controller.js';
import { ConcreteDatastorePresenter } from './concrete-datastore.presenters.js';
import { ConcreteDatastoreSurface } from './concrete-datastore.surface.js';
import { LoginController } from './login.controller.js';
import { MailedLinksController } from './mailed-links.controller.js';
import { RegisterController } from './register.controller.js';
import { ResetPasswordController } from './reset-password.controller.js';
import { TwoFactorLoginController } from './two-factor-login.controller.js';
import { ConcreteDatastoreUsersController } from './users.controller.js';

/** Document 004: register, confirm, sign in, reset and change a password, one's account. */
@Module({
  imports: [AccountsModule, AuthModule, PagesModule, PasswordPolicyModule, UsersModule],
  controllers: [
    AccountMeController,
    ChangePasswordController,
    LoginController,
    MailedLinksController,
    RegisterController,
    ResetPasswordController,
    TwoFactorLoginController,
    ConcreteDatastoreUsersController,
  ],
  providers: [ConcreteDatastorePresenter, ConcreteDatastoreSurface],
})
export class ConcreteDatastoreModule {}
