import { Global, Module } from '@nestjs/common';
import { DatabaseModule } from '../database/database.module.js';
import { Announcer } from './announcer.service.js';
import { ChangeEntity, FenceEntity } from './change.entity.js';
import { FenceRepository } from './fence.repository.js';
import { Fence } from './fence.service.js';
import { Endings } from '../database/endings.service.js';
import { HOUR } from '../common/clock.js';

/** How long an announced change is kept: every node has seen it long before. */
const KEPT = HOUR;

/** Announce a change, and wait until every change announced before is applied. */
@Global()
@Module({
  imports: [DatabaseModule.forFeature([ChangeEntity, FenceEntity])],
  providers: [Announcer, Fence, FenceRepository],
  exports: [Announcer, Fence, FenceRepository],
})
export class FenceModule {
  constructor(endings: Endings, fence: FenceRepository) {
    endings.addRows((tx, now, batch) => fence.purge(tx, now - KEPT, batch));
  }
}
