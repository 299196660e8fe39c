import { Module } from '@nestjs/common';
import { DatabaseModule } from '../database/database.module.js';
import { GrantsModule } from '../grants/grants.module.js';
import { UsersModule } from '../users/users.module.js';
import { ApiKeyEntity } from './api-key.entity.js';
import { ApiKeysController } from './api-keys.controller.js';
import { ApiKeysRepository } from './api-keys.repository.js';
import { ApiKeys } from './api-keys.service.js';
import { ManageApiKeys } from './manage-api-keys.service.js';

/** Permanent keys: named, owned, bounded, rotated and revoked. */
@Module({
  imports: [DatabaseModule.forFeature([ApiKeyEntity]), GrantsModule, UsersModule],
  controllers: [ApiKeysController],
  providers: [ApiKeys, ApiKeysRepository, ManageApiKeys],
  exports: [ApiKeys, ApiKeysRepository, ManageApiKeys],
})
export class ApiKeysModule {}
