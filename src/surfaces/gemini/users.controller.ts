import { Body, Controller, Get, Headers, HttpCode, Param, Patch, Post } from '@nestjs/common';
import type { Actor } from '../../common/actor.js';
import { ApiBody, ApiOperation, ApiTags, ApiOkResponse } from '@nestjs/swagger';
import { EditProfile } from '../../accounts/edit-profile.service.js';
import { Clock } from '../../common/clock.js';
import { Forbidden } from '../../common/errors.js';
import { RECENT, Roles } from '../../common/security/access.js';
import type { UserPrincipal } from '../../common/security/principal.js';
import { CurrentActor, CurrentPrincipal } from '../../http/actor.decorator.js';
import { negotiateLocale } from '../../http/locale.js';
import { MAIL_LOCALES } from '../../mail/mail-template-values.js';
import { EraseUser } from '../../privacy/erase-user.service.js';
import { Profiles } from '../../profiles/profiles.service.js';
import { ViewProfile } from '../../users/view-profile.service.js';
import { userView, type Shown } from './gemini.presenters.js';
import { Parameters } from './parameters.js';
import { userEditOf } from './user-edit.js';
import { USER, USER_EDIT } from './gemini.schemas.js';

/** 000's users (reference note 1.4; contract 4.1). */
@ApiTags('gemini (000)')
@Controller('api/users/:id')
export class GeminiUsersController {
  constructor(
    private readonly viewProfile: ViewProfile,
    private readonly editProfile: EditProfile,
    private readonly eraseUser: EraseUser,
    private readonly profiles: Profiles,
    private readonly clock: Clock,
  ) {}

  @Get()
  @Roles({ scope: 'profile' })
  @ApiOperation({ summary: 'One’s own data; anybody’s with the granted scope admin' })
  @ApiOkResponse({ schema: USER })
  async get(@CurrentPrincipal() principal: UserPrincipal, @Param('id') id: string) {
    // The scope was granted when the token was; the level is today's.
    const isAdmin = principal.scope.includes('admin') && principal.level === 'superuser';
    if (!isOwn(principal, id) && !isAdmin) throw new Forbidden();
    const user = await this.viewProfile.byId(id);
    return userView(user, await this.profiles.of(user.id), this.shownBy(principal));
  }

  @Patch()
  @Roles({ scope: 'profile', limited: true })
  @ApiBody({ schema: USER_EDIT })
  @ApiOperation({
    summary: 'Edit one’s own data',
    description: 'A new e-mail address is asked to confirm itself.',
  })
  @ApiOkResponse({ schema: USER })
  async edit(
    @CurrentActor() actor: Actor,
    @CurrentPrincipal() principal: UserPrincipal,
    @Param('id') id: string,
    @Headers('accept-language') language: string | undefined,
    @Body() body: object,
  ) {
    assertOwn(principal, id);
    const user = await this.editProfile.edit(actor, principal, {
      ...userEditOf(new Parameters(body)),
      confirmsNewEmail: true,
      mailLocale: negotiateLocale(language, MAIL_LOCALES),
    });
    return userView(user, await this.profiles.of(user.id), this.shownBy(principal));
  }

  @Post('delete')
  @HttpCode(204)
  @Roles({ scope: 'profile', session: 'recent-token' })
  @ApiOperation({
    summary: 'Erase oneself',
    description: 'Everything of the user is erased. Needs a token that is at most 15 minutes old.',
  })
  async delete(
    @CurrentActor() actor: Actor,
    @CurrentPrincipal() principal: UserPrincipal,
    @Param('id') id: string,
  ): Promise<void> {
    assertOwn(principal, id);
    await this.eraseUser.oneself(actor, principal);
  }

  private shownBy({ userId, scope, authenticatedAt }: UserPrincipal): Shown {
    return { viewerId: userId, scope, isRecent: this.clock.now() - authenticatedAt <= RECENT };
  }
}

function isOwn(principal: UserPrincipal, id: string): boolean {
  return id.toLowerCase() === principal.userId;
}

/** Whether there is such a user is not told to who may not look (contract 3.5). */
function assertOwn(principal: UserPrincipal, id: string): void {
  if (!isOwn(principal, id)) throw new Forbidden();
}
