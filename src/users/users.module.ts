import { Module } from '@nestjs/common';
import { DatabaseModule } from '../database/database.module.js';
import { MeController } from './me.controller.js';
import { UserEntity, UserIdentifierEntity } from './user.entity.js';
import { UsersController } from './users.controller.js';
import { UsersRepository } from './users.repository.js';
import { Users } from './users.service.js';

/** Who exists: users, their identifiers and profiles. */
@Module({
  imports: [DatabaseModule.forFeature([UserEntity, UserIdentifierEntity])],
  controllers: [MeController, UsersController],
  providers: [Users, UsersRepository],
  exports: [Users, UsersRepository],
})
export class UsersModule {}
