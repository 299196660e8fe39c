import { Body, Controller, Headers, Patch } from '@nestjs/common';
import type { Actor } from '../common/actor.js';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Roles } from '../common/security/access.js';
import type { UserPrincipal } from '../common/security/principal.js';
import { CurrentActor, CurrentPrincipal } from '../http/actor.decorator.js';
import { negotiateLocale } from '../http/locale.js';
import { MAIL_LOCALES } from '../mail/mail-template-values.js';
import { MeView, toMeView } from '../users/dto/user.view.js';
import { EditOwnProfileRequest } from './dto/edit-own-profile.request.js';
import { EditProfile } from './edit-profile.service.js';

/** What one changes of oneself (contract 3.2); the e-mail address is not among it. */
@ApiTags('me')
@Controller('v1/me')
export class OwnProfileController {
  constructor(private readonly editProfile: EditProfile) {}

  @Patch()
  @Roles({ scope: 'profile', session: 'given', limited: true })
  @ApiOperation({
    summary: 'Edit the signed-in user',
    description: 'All given fields or none. A permanent key does not change its owner.',
  })
  @ApiOkResponse({ type: MeView })
  async edit(
    @CurrentActor() actor: Actor,
    @CurrentPrincipal() principal: UserPrincipal,
    @Headers('accept-language') language: string | undefined,
    @Body() { emailNotifications, ...fields }: EditOwnProfileRequest,
  ): Promise<MeView> {
    const mailLocale = negotiateLocale(language, MAIL_LOCALES);
    const subscription = emailNotifications === undefined ? {} : { unsubscribedFromAll: !emailNotifications };
    const edit = { ...fields, ...subscription, mailLocale };
    return toMeView(await this.editProfile.edit(actor, principal, edit));
  }
}
