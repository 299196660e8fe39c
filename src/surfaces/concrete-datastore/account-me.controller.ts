import { Body, Controller, Get, Headers, Patch } from '@nestjs/common';
import type { Actor } from '../../common/actor.js';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { EditProfile } from '../../accounts/edit-profile.service.js';
import { Roles } from '../../common/security/access.js';
import type { UserPrincipal } from '../../common/security/principal.js';
import { CurrentActor, CurrentPrincipal } from '../../http/actor.decorator.js';
import { negotiateLocale } from '../../http/locale.js';
import { MAIL_LOCALES } from '../../mail/mail-template-values.js';
import { ConcreteDatastorePresenter } from './concrete-datastore.presenters.js';
import { AccountRequest } from './dto/account.request.js';
import { AccountBody } from './dto/account.view.js';

/** 004 "Account information" and "Update Account information". */
@ApiTags('concrete-datastore (004)')
@Controller('api/v1.1/account/me')
export class AccountMeController {
  constructor(
    private readonly editProfile: EditProfile,
    private readonly present: ConcreteDatastorePresenter,
  ) {}

  @Get()
  @Roles()
  @ApiOperation({ summary: 'The signed-in user' })
  @ApiOkResponse({ type: AccountBody })
  get(@CurrentPrincipal() principal: UserPrincipal): AccountBody {
    return this.present.accountBody(principal.user);
  }

  @Patch()
  @Roles({ limited: true })
  @ApiOperation({ summary: 'Edit the signed-in user' })
  @ApiOkResponse({ type: AccountBody })
  async patch(
    @CurrentActor() actor: Actor,
    @CurrentPrincipal() principal: UserPrincipal,
    @Body() body: AccountRequest,
    @Headers('accept-language') language: string | undefined,
  ): Promise<AccountBody> {
    const user = await this.editProfile.edit(actor, principal, {
      email: body.email,
      firstName: body.first_name,
      lastName: body.last_name,
      unsubscribedFromAll: body.unsubscribe_all,
      unsubscribedFrom: body.unsubscribe_to,
      mailLocale: negotiateLocale(language, MAIL_LOCALES),
    });
    return this.present.accountBody(user);
  }
}
