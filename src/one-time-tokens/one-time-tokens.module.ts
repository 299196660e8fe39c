import { Module } from '@nestjs/common';
import { DatabaseModule } from '../database/database.module.js';
import { PersonalData } from '../database/personal-data.service.js';
import { OneTimeTokenEntity } from './one-time-token.entity.js';
import { OneTimeTokensRepository } from './one-time-tokens.repository.js';
import { OneTimeTokens } from './one-time-tokens.service.js';
import { PersonalLinksRepository } from './personal-links.repository.js';
import { Endings } from '../database/endings.service.js';
import { DAY } from '../common/clock.js';

/** How long a token is remembered after its end (contract 3.16). */
const KEPT = 7 * DAY;

/** Links that work once. */
@Module({
  imports: [DatabaseModule.forFeature([OneTimeTokenEntity])],
  providers: [OneTimeTokens, OneTimeTokensRepository, PersonalLinksRepository],
  exports: [OneTimeTokens, OneTimeTokensRepository],
})
export class OneTimeTokensModule {
  constructor(
    endings: Endings,
    personal: PersonalData,
    tokens: OneTimeTokensRepository,
    links: PersonalLinksRepository,
  ) {
    personal.addMany('mailedLinks', (db, subject, look) => links.tell(db, subject, look));
    endings.addRows((tx, now, batch) => tokens.purge(tx, now - KEPT, batch));
  }
}
