import { Body, Controller, Delete, Get, Headers, HttpCode, Param, Post } from '@nestjs/common';
import type { Actor } from '../../common/actor.js';
import { ApiBody, ApiNoContentResponse, ApiOperation, ApiTags, ApiOkResponse } from '@nestjs/swagger';
import { InviteCollaborator } from '../../collaborators/invite-collaborator.service.js';
import { ManageCollaborators } from '../../collaborators/manage-collaborators.service.js';
import { ViewVideo } from '../../collaborators/view-video.service.js';
import { NotFound } from '../../common/errors.js';
import { Roles } from '../../common/security/access.js';
import type { GuestPrincipal, UserPrincipal } from '../../common/security/principal.js';
import { CurrentActor, CurrentPrincipal } from '../../http/actor.decorator.js';
import { negotiateLocale } from '../../http/locale.js';
import { MAIL_LOCALES } from '../../mail/mail-template-values.js';
import { collaboratorView, videoView } from './collaborator.presenters.js';
import { Fields } from './fields.js';
import { COLLABORATORS, VIDEO, INVITATION } from './romeo.schemas.js';

/** Videos of 002, and the collaborators who are invited to them. */
@ApiTags('romeo (002)')
@Controller('api/video/:id')
export class RomeoVideoController {
  constructor(
    private readonly videos: ViewVideo,
    private readonly inviting: InviteCollaborator,
    private readonly collaborators: ManageCollaborators,
  ) {}

  @Get()
  @Roles({ kinds: ['user', 'guest'] })
  @ApiOperation({ summary: 'What one may do with a video: one’s own, or one that a shown token is for' })
  @ApiOkResponse({ schema: VIDEO })
  async video(@CurrentPrincipal() principal: UserPrincipal | GuestPrincipal, @Param('id') id: string) {
    return videoView(await this.videos.view(principal, videoId(id)));
  }

  @Post('collaborators')
  @HttpCode(204)
  @Roles({ limited: true, ownOrigin: true })
  @ApiBody({ schema: INVITATION })
  @ApiOperation({ summary: 'Invite somebody by mail; a second time adds to what he may do' })
  @ApiNoContentResponse()
  async invite(
    @CurrentActor() actor: Actor,
    @CurrentPrincipal() principal: UserPrincipal,
    @Param('id') id: string,
    @Headers('accept-language') language: string | undefined,
    @Body() body: object,
  ): Promise<void> {
    const fields = new Fields(body);
    await this.inviting.invite(actor, principal, {
      videoId: videoId(id),
      email: fields.text('email'),
      name: fields.text('name'),
      canDownload: fields.flag('can_download'),
      canComment: fields.flag('can_comment'),
      locale: negotiateLocale(language, MAIL_LOCALES),
      unreadable: fields.unreadable,
    });
  }

  @Get('collaborators')
  @Roles()
  @ApiOperation({ summary: 'Who is invited to one’s own video' })
  @ApiOkResponse({ schema: COLLABORATORS })
  async list(@CurrentPrincipal() principal: UserPrincipal, @Param('id') id: string) {
    const items = await this.collaborators.list(principal, videoId(id));
    return { items: items.map(collaboratorView) };
  }

  @Delete('collaborators/:collaboratorId')
  @HttpCode(204)
  @Roles({ ownOrigin: true })
  @ApiOperation({ summary: 'Take an invitation back, at once' })
  @ApiNoContentResponse()
  remove(
    @CurrentActor() actor: Actor,
    @CurrentPrincipal() principal: UserPrincipal,
    @Param('id') id: string,
    @Param('collaboratorId') collaboratorId: string,
  ): Promise<void> {
    return this.collaborators.remove(actor, principal, videoId(id), collaboratorId);
  }
}

/** Ids of videos are another system's positive decimal numbers; nothing else is anybody's. @throws NotFound */
function videoId(text: string): number {
  if (!/^[1-9]\d{0,14}$/.test(text)) throw new NotFound();
  return Number(text);
}
