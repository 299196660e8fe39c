import { Module } from '@nestjs/common';
import { PassportModule } from '@nestjs/passport';
import { ClientsModule } from '../clients/clients.module.js';
import { DeclarationsModule } from '../declarations/declarations.module.js';
import { FactorsModule } from '../factors/factors.module.js';
import { GrantsModule } from '../grants/grants.module.js';
import { MailModule } from '../mail/mail.module.js';
import { NoticesModule } from '../notices/notices.module.js';
import { OneTimeTokensModule } from '../one-time-tokens/one-time-tokens.module.js';
import { PasswordPolicyModule } from '../password-policy/password-policy.module.js';
import { PasswordsModule } from '../passwords/passwords.module.js';
import { UsersModule } from '../users/users.module.js';
import { AuthenticateClient } from './authenticate-client.service.js';
import { ClientSecretsController } from './clients/client-secrets.controller.js';
import { ClientsController } from './clients/clients.controller.js';
import { EditClients } from './clients/edit-clients.service.js';
import { CompleteSignIn } from './complete-sign-in.service.js';
import { ConfirmationMethods } from './confirmation-methods.service.js';
import { ConfirmSessionController } from './confirm-session.controller.js';
import { ConfirmSession } from './confirm-session.service.js';
import { CurrentSessionController } from './current-session.controller.js';
import { EditPasswordPolicy } from './edit-password-policy.service.js';
import { EntryConditions } from './entry-conditions.service.js';
import { FactorPolicyController } from './factor-policy.controller.js';
import { FactorsController } from './factors.controller.js';
import { LastSignIn } from './last-sign-in.service.js';
import { ManageFactorPolicy } from './manage-factor-policy.service.js';
import { ManageFactors } from './manage-factors.service.js';
import { ManagePasskeys } from './manage-passkeys.service.js';
import { ManageSessions } from './manage-sessions.service.js';
import { PasskeySessionsController } from './passkey-sessions.controller.js';
import { PasskeySignIn } from './passkey-sign-in.service.js';
import { PasskeysController } from './passkeys.controller.js';
import { PasswordPolicyController } from './password-policy.controller.js';
import { ManageTrustedDevices } from './manage-trusted-devices.service.js';
import { PasswordStrategy } from './password.strategy.js';
import { PendingSignIns } from './pending-sign-ins.service.js';
import { RedeemSignInLink } from './redeem-sign-in-link.service.js';
import { RemoveUserFactor } from './remove-user-factor.service.js';
import { SecondStep } from './second-step.service.js';
import { SendSignInLink } from './send-sign-in-link.service.js';
import { SignIn } from './sign-in.service.js';
import { SignInLinksController } from './sign-in-links.controller.js';
import { SignInThrottle } from './sign-in-throttle.service.js';
import { SessionsController } from './sessions.controller.js';
import { TrustedDevicesController } from './trusted-devices.controller.js';
import { UserFactorsController } from './user-factors.controller.js';
import { UserSessionsController } from './user-sessions.controller.js';
import { UserSessions } from './user-sessions.service.js';
import { VerifyPassword } from './verify-password.service.js';

/** One sign-in for every door. */
@Module({
  imports: [
    PassportModule,
    ClientsModule,
    DeclarationsModule,
    FactorsModule,
    GrantsModule,
    MailModule,
    NoticesModule,
    OneTimeTokensModule,
    PasswordPolicyModule,
    PasswordsModule,
    UsersModule,
  ],
  providers: [
    AuthenticateClient,
    CompleteSignIn,
    ConfirmationMethods,
    ConfirmSession,
    EditClients,
    EditPasswordPolicy,
    EntryConditions,
    LastSignIn,
    ManageFactorPolicy,
    ManageFactors,
    ManagePasskeys,
    ManageSessions,
    ManageTrustedDevices,
    PasskeySignIn,
    PasswordStrategy,
    PendingSignIns,
    RedeemSignInLink,
    RemoveUserFactor,
    SecondStep,
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
    ManageFactorPolicy,
    ManageSessions,
    RedeemSignInLink,
    RemoveUserFactor,
    SignIn,
    VerifyPassword,
  ],
  controllers: [
    ClientSecretsController,
    ClientsController,
    ConfirmSessionController,
    CurrentSessionController,
    FactorPolicyController,
    FactorsController,
    PasskeySessionsController,
    PasskeysController,
    PasswordPolicyController,
    SessionsController,
    SignInLinksController,
    TrustedDevicesController,
    UserFactorsController,
    UserSessionsController,
  ],
})
export class AuthModule {}
