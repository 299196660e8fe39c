import { Module, type DynamicModule } from '@nestjs/common';
import type { Logger } from 'pino';
import { AccountsModule } from './accounts/accounts.module.js';
import { ApiKeysModule } from './api-keys/api-keys.module.js';
import { AuditModule } from './audit/audit.module.js';
import { AuthModule } from './auth/auth.module.js';
import { CollaboratorsModule } from './collaborators/collaborators.module.js';
import type { Clock } from './common/clock.js';
import type { Config } from './config/config.js';
import { ConfigModule } from './config/config.module.js';
import { DatabaseModule } from './database/database.module.js';
import { FenceModule } from './fence/fence.module.js';
import { GrantsModule } from './grants/grants.module.js';
import { HttpModule } from './http/http.module.js';
import { IdempotencyModule } from './idempotency/idempotency.module.js';
import { JanitorModule } from './janitor/janitor.module.js';
import { ManifestsModule } from './manifests/manifests.module.js';
import { MetricsModule } from './metrics/metrics.module.js';
import { PrivacyModule } from './privacy/privacy.module.js';
import { RolesModule } from './roles/roles.module.js';
import { SecretsModule } from './secrets/secrets.module.js';
import { SocialModule } from './social/social.module.js';
import { BackupRepositoryModule } from './surfaces/backup-repository/backup-repository.module.js';
import { ConcreteDatastoreModule } from './surfaces/concrete-datastore/concrete-datastore.module.js';
import { GeminiModule } from './surfaces/gemini/gemini.module.js';
import { OpenLoyaltyModule } from './surfaces/open-loyalty/open-loyalty.module.js';
import { RomeoModule } from './surfaces/romeo/romeo.module.js';
import { WebModule } from './web/web.module.js';

const SURFACES = [
  BackupRepositoryModule,
  ConcreteDatastoreModule,
  GeminiModule,
  OpenLoyaltyModule,
  RomeoModule,
];

/** The whole house, from the ground up. */
@Module({})
export class AppModule {
  static forRoot(config: Config, options: { clock?: Clock; logger?: Logger } = {}): DynamicModule {
    return {
      module: AppModule,
      imports: [
        ConfigModule.forRoot(config, options.clock),
        SecretsModule,
        DatabaseModule.forRoot(),
        HttpModule.forRoot(options.logger),
        MetricsModule,
        AuditModule,
        FenceModule,
        IdempotencyModule,
        GrantsModule,
        RolesModule,
        AuthModule,
        ApiKeysModule,
        AccountsModule,
        SocialModule,
        CollaboratorsModule,
        PrivacyModule,
        JanitorModule,
        ManifestsModule,
        WebModule,
        ...SURFACES,
      ],
    };
  }
}
