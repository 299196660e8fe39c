import { Module } from '@nestjs/common';
import { DatabaseModule } from '../database/database.module.js';
import { PersonalData } from '../database/personal-data.service.js';
import { ConfirmedAddresses } from './confirmed-addresses.service.js';
import { FurtherWaysIn } from './further-ways-in.service.js';
import { ListActiveUsers } from './list-active-users.service.js';
import { ListUsers } from './list-users.service.js';
import { MeController } from './me.controller.js';
import { PersonalUserRepository } from './personal-user.repository.js';
import { UserEntity, UserIdentifierEntity } from './user.entity.js';
import { UserDirectoryRepository } from './user-directory.repository.js';
import { UsersController } from './users.controller.js';
import { UsersRepository } from './users.repository.js';
import { ViewProfile } from './view-profile.service.js';
import { Users } from './users.service.js';

/** Who exists: users, their identifiers and profiles. */
@Module({
  imports: [DatabaseModule.forFeature([UserEntity, UserIdentifierEntity])],
  controllers: [MeController, UsersController],
  providers: [
    ConfirmedAddresses,
    FurtherWaysIn,
    ListActiveUsers,
    ListUsers,
    PersonalUserRepository,
    UserDirectoryRepository,
    Users,
    UsersRepository,
    ViewProfile,
  ],
  exports: [ConfirmedAddresses, FurtherWaysIn, ListActiveUsers, Users, UsersRepository, ViewProfile],
})
export class UsersModule {
  constructor(personal: PersonalData, users: PersonalUserRepository) {
    personal.addOne('user', (db, subject) => users.tell(db, subject));
  }
}
