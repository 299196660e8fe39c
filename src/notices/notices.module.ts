import { Module } from '@nestjs/common';
import { DatabaseModule } from '../database/database.module.js';
import { Endings } from '../database/endings.service.js';
import { PersonalData } from '../database/personal-data.service.js';
import { MailModule } from '../mail/mail.module.js';
import { UsersModule } from '../users/users.module.js';
import { KnownBrowserEntity } from './known-browser.entity.js';
import { KnownBrowsersRepository } from './known-browsers.repository.js';
import { KNOWN_FOR, NewSignIns } from './new-sign-ins.service.js';
import { PersonalBrowsersRepository } from './personal-browsers.repository.js';
import { SecurityNotices } from './security-notices.service.js';

/** What users are told of their own accounts, and from where they are known to sign in. */
@Module({
  imports: [DatabaseModule.forFeature([KnownBrowserEntity]), MailModule, UsersModule],
  providers: [KnownBrowsersRepository, NewSignIns, PersonalBrowsersRepository, SecurityNotices],
  exports: [NewSignIns, SecurityNotices],
})
export class NoticesModule {
  constructor(
    endings: Endings,
    personal: PersonalData,
    known: KnownBrowsersRepository,
    browsers: PersonalBrowsersRepository,
  ) {
    personal.addMany('knownBrowsers', (db, subject, look) => browsers.tell(db, subject, look));
    endings.addRows((tx, now, batch) => known.purge(tx, now - KNOWN_FOR, batch));
  }
}
