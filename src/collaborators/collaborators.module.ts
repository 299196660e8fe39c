import { Module } from '@nestjs/common';
import { AccountsModule } from '../accounts/accounts.module.js';
import { AuthModule } from '../auth/auth.module.js';
import { DatabaseModule } from '../database/database.module.js';
import { PersonalData } from '../database/personal-data.service.js';
import { GrantsModule } from '../grants/grants.module.js';
import { MailModule } from '../mail/mail.module.js';
import {
  CollaboratorEntity,
  CollaboratorSessionEntity,
  CollaboratorTokenEntity,
} from './collaborator.entity.js';
import { CollaboratorRightsRepository } from './collaborator-rights.repository.js';
import { CollaboratorsRepository } from './collaborators.repository.js';
import { InvitationMail } from './invitation-mail.service.js';
import { InviteCollaborator } from './invite-collaborator.service.js';
import { ManageCollaborators } from './manage-collaborators.service.js';
import { PersonalVideosRepository } from './personal-videos.repository.js';
import { ValidateToken } from './validate-token.service.js';
import { VideoEntity } from './video.entity.js';
import { VideosRepository } from './videos.repository.js';
import { ViewVideo } from './view-video.service.js';
import { Endings } from '../database/endings.service.js';
import { DAY } from '../common/clock.js';

/** How long tokens, and whom they were given to, are remembered after their end (contract 3.16). */
const TOKENS_KEPT = 7 * DAY;
const KEPT = 90 * DAY;

const ENTITIES = [CollaboratorEntity, CollaboratorSessionEntity, CollaboratorTokenEntity, VideoEntity];

/** Who may see the videos of another system: their owners, and whom these invite by mail. */
@Module({
  imports: [AccountsModule, AuthModule, DatabaseModule.forFeature(ENTITIES), GrantsModule, MailModule],
  providers: [
    CollaboratorRightsRepository,
    CollaboratorsRepository,
    InvitationMail,
    InviteCollaborator,
    ManageCollaborators,
    PersonalVideosRepository,
    ValidateToken,
    VideosRepository,
    ViewVideo,
  ],
  exports: [InviteCollaborator, ManageCollaborators, ValidateToken, ViewVideo],
})
export class CollaboratorsModule {
  constructor(
    endings: Endings,
    collaborators: CollaboratorsRepository,
    rights: CollaboratorRightsRepository,
    personal: PersonalData,
    personalVideos: PersonalVideosRepository,
  ) {
    personal.addMany('videos', (db, subject, look) => personalVideos.tell(db, subject, look));
    personal.addMany('invitations', (db, subject, look) => personalVideos.tellInvitations(db, subject, look));
    personal.addErasure((tx, subject) => personalVideos.forget(tx, subject));
    endings.addRows((tx, now, batch) => rights.purge(tx, now, batch));
    endings.addRows((tx, now, batch) => collaborators.purgeTokens(tx, now - TOKENS_KEPT, batch));
    endings.addRows((tx, now, batch) => collaborators.purge(tx, now - KEPT, batch));
  }
}
