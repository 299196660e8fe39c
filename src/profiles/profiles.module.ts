import { Module } from '@nestjs/common';
import { DatabaseModule } from '../database/database.module.js';
import { PersonalData } from '../database/personal-data.service.js';
import { GrantsModule } from '../grants/grants.module.js';
import { tellProfile } from './personal-profiles.js';
import { ProfileEntity } from './profile.entity.js';
import { ProfilesRepository } from './profiles.repository.js';
import { Profiles } from './profiles.service.js';

/** Artists and venues. */
@Module({
  imports: [DatabaseModule.forFeature([ProfileEntity]), GrantsModule],
  providers: [Profiles, ProfilesRepository],
  exports: [Profiles],
})
export class ProfilesModule {
  constructor(personal: PersonalData, profiles: ProfilesRepository) {
    personal.addFew('profiles', async (db, { userId }) =>
      (await profiles.findOf(db, userId)).map(tellProfile),
    );
  }
}
