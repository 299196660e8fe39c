import { Module } from '@nestjs/common';
import { AccountsModule } from '../../accounts/accounts.module.js';
import { AuthModule } from '../../auth/auth.module.js';
import { GrantsModule } from '../../grants/grants.module.js';
import { RolesModule } from '../../roles/roles.module.js';
import { AclController } from './acl.controller.js';
import { AdministratorsController } from './administrators.controller.js';
import { AnalyticsController } from './analytics.controller.js';
import { CustomersController } from './customers.controller.js';
import { LoginCheckController } from './login-check.controller.js';
import { OpenLoyaltySurface } from './open-loyalty.surface.js';
import { PasswordController } from './password.controller.js';
import { SellersController } from './sellers.controller.js';
import { TokenController } from './token.controller.js';

/** Document 003: administrators, customers and sellers with JWTs, refresh and permanent tokens. */
@Module({
  imports: [AccountsModule, AuthModule, GrantsModule, RolesModule],
  controllers: [
    AclController,
    AdministratorsController,
    AnalyticsController,
    CustomersController,
    LoginCheckController,
    PasswordController,
    SellersController,
    TokenController,
  ],
  providers: [OpenLoyaltySurface],
})
export class OpenLoyaltyModule {}
