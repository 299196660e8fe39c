import { Module } from '@nestjs/common';
import { PassportModule } from '@nestjs/passport';
import { ClientsModule } from '../clients/clients.module.js';
import { GrantsModule } from '../grants/grants.module.js';
import { MailModule } from '../mail/mail.module.js';
import { OneTimeTokensModule } from '../one-time-tokens/one-time-tokens.module.js';
import { PasswordPolicyModule } from '../password-policy/password-policy.module.js';
import { PasswordsModule } from '../passwords/passwords.module.js';
import { UsersModule } from '../users/users.module.js';
import { AuthenticateClient } from './authenticate-client.service.js';
import { CompleteSignIn } from './complete-sign-in.service.js';
import { ConfirmSession } from './confirm-session.service.js';
import { CurrentSessionController } from './current-session.controller.js';
import { EntryConditions } from './entry-conditions.service.js';
import { LastSignIn } from './last-sign-in.service.js';
import { ManageSessions } from './manage-sessions.service.js';
import { PasswordStrategy } from './password.strategy.js';
import { RedeemSignInLink } from './redeem-sign-in-link.service.js';
import { SendSignInLink } from './send-sign-in-link.service.js';
import { SignIn } from './sign-in.service.js';
import { SignInLinksController } from './sign-in-links.controller.js';
import { SignInThrottle } from './sign-in-throttle.service.js';
import { SessionsController } from './sessions.controller.js';
import { UserSessionsController } from './user-sessions.controller.js';
import { UserSessions } from './user-sessions.service.js';
import { VerifyPassword } from './verify-password.service.js';

/** One sign-in for every door. */
@Module({
  imports: [
    PassportModule,
    ClientsModule,
    GrantsModule,
    MailModule,
    OneTimeTokensModule,
    PasswordPolicyModule,
    PasswordsModule,
    UsersModule,
  ],
  providers: [
    AuthenticateClient,
    CompleteSignIn,
    ConfirmSession,
    EntryConditions,
    LastSignIn,
    ManageSessions,
    PasswordStrategy,
    RedeemSignInLink,
    SendSignInLink,
    SignIn,
    SignInThrottle,
    UserSessions,
    VerifyPassword,
  ],
  exports: [
    AuthenticateClient,
    CompleteSignIn,
    EntryConditions,
    LastSignIn,
    ManageSessions,
    RedeemSignInLink,
    SignIn,
    VerifyPassword,
  ],
  controllers: [CurrentSessionController, SessionsController, SignInLinksController, UserSessionsController],
})
export class AuthModule {}
