import { Module } from '@nestjs/common';
import { GrantsModule } from '../grants/grants.module.js';
import { NoticesModule } from '../notices/notices.module.js';
import { UsersModule } from '../users/users.module.js';
import { EraseUser } from './erase-user.service.js';
import { ExportPerson } from './export-person.service.js';
import { OwnDataController } from './own-data.controller.js';
import { UserDataController } from './user-data.controller.js';

/** What is kept of one person: told whole, and erased. Which that is, each module says itself (`PersonalData`). */
@Module({
  imports: [GrantsModule, NoticesModule, UsersModule],
  controllers: [OwnDataController, UserDataController],
  providers: [EraseUser, ExportPerson],
  exports: [EraseUser],
})
export class PrivacyModule {}
