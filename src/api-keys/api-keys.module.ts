import { Module } from '@nestjs/common';
import { DatabaseModule } from '../database/database.module.js';
import { PersonalData } from '../database/personal-data.service.js';
import { GrantsModule } from '../grants/grants.module.js';
import { UsersModule } from '../users/users.module.js';
import { ApiKeyEntity } from './api-key.entity.js';
import { ApiKeysController } from './api-keys.controller.js';
import { ApiKeysRepository } from './api-keys.repository.js';
import { ApiKeys } from './api-keys.service.js';
import { ManageApiKeys } from './manage-api-keys.service.js';
import { PersonalKeysRepository } from './personal-keys.repository.js';

/** Permanent keys: named, owned, bounded, rotated and revoked. */
@Module({
  imports: [DatabaseModule.forFeature([ApiKeyEntity]), GrantsModule, UsersModule],
  controllers: [ApiKeysController],
  providers: [ApiKeys, ApiKeysRepository, ManageApiKeys, PersonalKeysRepository],
  exports: [ApiKeys, ApiKeysRepository, ManageApiKeys],
})
export class ApiKeysModule {
  constructor(personal: PersonalData, keys: PersonalKeysRepository) {
    personal.addMany('permanentKeys', (db, subject, look) => keys.tell(db, subject, look));
    personal.addErasure((tx, subject) => keys.forgetMaker(tx, subject));
  }
}
