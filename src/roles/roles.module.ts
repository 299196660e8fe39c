import { Module } from '@nestjs/common';
import { DatabaseModule } from '../database/database.module.js';
import { RoleEntity } from './role.entity.js';
import { RolesRepository } from './roles.repository.js';
import { Roles } from './roles.service.js';

/** What administrators may be. */
@Module({
  imports: [DatabaseModule.forFeature([RoleEntity])],
  providers: [Roles, RolesRepository],
  exports: [Roles],
})
export class RolesModule {}
