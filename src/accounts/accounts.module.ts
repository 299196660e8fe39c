import { Module } from '@nestjs/common';
import { ApiKeysModule } from '../api-keys/api-keys.module.js';
import { AuthModule } from '../auth/auth.module.js';
import { ClientsModule } from '../clients/clients.module.js';
import { DatabaseModule } from '../database/database.module.js';
import { PersonalData } from '../database/personal-data.service.js';
import { DeclarationsModule } from '../declarations/declarations.module.js';
import { FactorsModule } from '../factors/factors.module.js';
import { GrantsModule } from '../grants/grants.module.js';
import { MailModule } from '../mail/mail.module.js';
import { MediaModule } from '../media/media.module.js';
import { NoticesModule } from '../notices/notices.module.js';
import { OneTimeTokensModule } from '../one-time-tokens/one-time-tokens.module.js';
import { PasswordPolicyModule } from '../password-policy/password-policy.module.js';
import { PasswordsModule } from '../passwords/passwords.module.js';
import { RolesModule } from '../roles/roles.module.js';
import { UsersModule } from '../users/users.module.js';
import { AccountEntity } from './account.entity.js';
import { AccountsController } from './accounts.controller.js';
import { AdministratorKeys } from './administrators/administrator-keys.service.js';
import { CheckAdministrator } from './administrators/check-administrator.service.js';
import { CreateAdministrator } from './administrators/create-administrator.service.js';
import { EditOwnAdministrator } from './administrators/edit-own-administrator.service.js';
import { EditRoles } from './administrators/edit-roles.service.js';
import { ManageRoles } from './administrators/manage-roles.service.js';
import { ReplaceAdministrator } from './administrators/replace-administrator.service.js';
import { RolesController } from './administrators/roles.controller.js';
import { ViewAdministrators } from './administrators/view-administrators.service.js';
import { AccountsRepository } from './accounts.repository.js';
import { AlreadyRegisteredNotice } from './already-registered-notice.service.js';
import { ChangeAccount } from './change-account.service.js';
import { ChangeEmail } from './change-email.service.js';
import { ChangeOwnEmail } from './change-own-email.service.js';
import { ChangeOwnPassword } from './change-own-password.service.js';
import { ChangePassword } from './change-password.service.js';
import { ChangeState } from './change-state.service.js';
import { CheckFields } from './check-fields.service.js';
import { ConfirmEmail } from './confirm-email.service.js';
import { CreateUser } from './create-user.service.js';
import { DeclareClients } from './declare-clients.service.js';
import { DeclareUsers } from './declare-users.service.js';
import { RegisterAtClient } from './register-at-client.service.js';
import { EditProfile } from './edit-profile.service.js';
import { FirstSession } from './first-session.service.js';
import { FirstAdmin } from './first-admin.service.js';
import { ChangeMemberState } from './members/change-member-state.service.js';
import { CountMembers } from './members/count-members.service.js';
import { RegisterMember } from './members/register-member.service.js';
import { HandOverUser } from './hand-over-user.service.js';
import { CheckUser } from './managed-users/check-user.service.js';
import { CreateManagedUser } from './managed-users/create-managed-user.service.js';
import { EditManagedUser } from './managed-users/edit-managed-user.service.js';
import { ManagedUsersController } from './managed-users/managed-users.controller.js';
import { SendPasswordLink } from './managed-users/send-password-link.service.js';
import { NewPassword } from './new-password.service.js';
import { OwnAccountController } from './own-account.controller.js';
import { OwnEmailController } from './own-email.controller.js';
import { OwnPasswordController } from './own-password.controller.js';
import { OwnProfileController } from './own-profile.controller.js';
import { PlanDeclaredUsers } from './plan-declared-users.service.js';
import { PersonalAccountsController } from './personal-accounts.controller.js';
import { PersonalAccountData } from './personal-account-data.service.js';
import { PersonalAccounts } from './personal-accounts.service.js';
import { RegisterWithCookie } from './register-with-cookie.service.js';
import { RedeemPasswordLink } from './redeem-password-link.service.js';
import { Register } from './register.service.js';
import { RegistrationMail } from './registration-mail.js';
import { RequestConfirmation } from './request-confirmation.service.js';
import { RequestPasswordReset } from './request-password-reset.service.js';
import { UnsubscribeTokens } from './unsubscribe-tokens.service.js';
import { Unsubscribe } from './unsubscribe.service.js';

const USE_CASES = [
  ChangeAccount,
  ChangeMemberState,
  ChangeOwnPassword,
  ChangePassword,
  ChangeState,
  ConfirmEmail,
  CountMembers,
  CreateAdministrator,
  CreateUser,
  DeclareClients,
  DeclareUsers,
  EditOwnAdministrator,
  EditProfile,
  EditRoles,
  FirstAdmin,
  FirstSession,
  HandOverUser,
  ManageRoles,
  PersonalAccounts,
  RedeemPasswordLink,
  Register,
  RegisterAtClient,
  RegisterMember,
  RegisterWithCookie,
  ReplaceAdministrator,
  RequestPasswordReset,
  Unsubscribe,
  UnsubscribeTokens,
  ViewAdministrators,
];

/** The life of an account: register, confirm, reset, change, disable, enable, declare. */
@Module({
  imports: [
    ApiKeysModule,
    AuthModule,
    ClientsModule,
    DatabaseModule.forFeature([AccountEntity]),
    DeclarationsModule,
    FactorsModule,
    GrantsModule,
    MailModule,
    MediaModule,
    NoticesModule,
    OneTimeTokensModule,
    PasswordPolicyModule,
    PasswordsModule,
    RolesModule,
    UsersModule,
  ],
  controllers: [
    AccountsController,
    ManagedUsersController,
    OwnAccountController,
    OwnEmailController,
    OwnPasswordController,
    OwnProfileController,
    PersonalAccountsController,
    RolesController,
  ],
  providers: [
    ...USE_CASES,
    AccountsRepository,
    AdministratorKeys,
    AlreadyRegisteredNotice,
    ChangeEmail,
    ChangeOwnEmail,
    CheckAdministrator,
    CheckFields,
    CheckUser,
    CreateManagedUser,
    EditManagedUser,
    NewPassword,
    PersonalAccountData,
    PlanDeclaredUsers,
    RegistrationMail,
    RequestConfirmation,
    SendPasswordLink,
  ],
  exports: [...USE_CASES, AlreadyRegisteredNotice, CheckFields],
})
export class AccountsModule {
  constructor(personal: PersonalData, account: PersonalAccountData) {
    personal.addOne('account', (db, subject) => account.tell(db, subject));
    personal.addErasure((tx, subject) => account.erase(tx, subject));
  }
}
