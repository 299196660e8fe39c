import { Module } from '@nestjs/common';
import { DatabaseModule } from '../database/database.module.js';
import { OneTimeTokenEntity } from './one-time-token.entity.js';
import { OneTimeTokensRepository } from './one-time-tokens.repository.js';
import { OneTimeTokens } from './one-time-tokens.service.js';

/** Links that work once. */
@Module({
  imports: [DatabaseModule.forFeature([OneTimeTokenEntity])],
  providers: [OneTimeTokens, OneTimeTokensRepository],
  exports: [OneTimeTokens, OneTimeTokensRepository],
})
export class OneTimeTokensModule {}
