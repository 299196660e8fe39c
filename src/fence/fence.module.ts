import { Global, Module } from '@nestjs/common';
import { DatabaseModule } from '../database/database.module.js';
import { Announcer } from './announcer.service.js';
import { ChangeEntity, FenceEntity } from './change.entity.js';
import { FenceRepository } from './fence.repository.js';
import { Fence } from './fence.service.js';

/** Announce a change, and wait until every change announced before is applied. */
@Global()
@Module({
  imports: [DatabaseModule.forFeature([ChangeEntity, FenceEntity])],
  providers: [Announcer, Fence, FenceRepository],
  exports: [Announcer, Fence, FenceRepository],
})
export class FenceModule {}
