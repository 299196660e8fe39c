import { Module } from '@nestjs/common';
import { DatabaseModule } from '../database/database.module.js';
import { OneTimeTokenEntity } from './one-time-token.entity.js';
import { OneTimeTokensRepository } from './one-time-tokens.repository.js';
import { OneTimeTokens } from './one-time-tokens.service.js';
import { Endings } from '../database/endings.service.js';
import { DAY } from '../common/clock.js';

/** How long a token is remembered after its end (contract 3.16). */
const KEPT = 7 * DAY;

/** Links that work once. */
@Module({
  imports: [DatabaseModule.forFeature([OneTimeTokenEntity])],
  providers: [OneTimeTokens, OneTimeTokensRepository],
  exports: [OneTimeTokens, OneTimeTokensRepository],
})
export class OneTimeTokensModule {
  constructor(endings: Endings, tokens: OneTimeTokensRepository) {
    endings.addRows((tx, now, batch) => tokens.purge(tx, now - KEPT, batch));
  }
}
