import { Body, Controller, Headers, HttpCode, Param, Patch, Post, Res } from '@nestjs/common';
import {
  ApiConflictResponse,
  ApiCreatedResponse,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
} from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import type { Actor } from '../../common/actor.js';
import { Roles } from '../../common/security/access.js';
import { CurrentActor } from '../../http/actor.decorator.js';
import { ETAG, LOCATION } from '../../http/described.js';
import { negotiateLocale } from '../../http/locale.js';
import { ConditionalOnTag, EntityTags, type Tagged } from '../../http/tagged.js';
import type { CreationKey } from '../../idempotency/creation-key.js';
import { IdempotencyKey, Repeatable } from '../../idempotency/idempotency-key.decorator.js';
import { MAIL_LOCALES } from '../../mail/mail-template-values.js';
import { toUserView, UserView } from '../../users/dto/user.view.js';
import { ViewProfile } from '../../users/view-profile.service.js';
import { CreateManagedUser } from './create-managed-user.service.js';
import { CreateUserRequest, EditUserRequest } from './dto/user.request.js';
import { EditManagedUser } from './edit-managed-user.service.js';
import { SendPasswordLink } from './send-password-link.service.js';

/** Users as administrators make and change them. */
@ApiTags('users')
@Controller('v1/users')
export class ManagedUsersController {
  constructor(
    private readonly createUser: CreateManagedUser,
    private readonly editUser: EditManagedUser,
    private readonly passwordLinks: SendPasswordLink,
    private readonly profiles: ViewProfile,
  ) {}

  @Post()
  @Roles({ level: 'admin', scope: 'admin', kinds: ['user', 'service'], limited: true })
  @Repeatable()
  @ApiOperation({
    summary: 'Make a user',
    description:
      'For admins and above; nobody makes one who may do more than he may himself. Who may administer anything is made in a person’s own session that began within 15 minutes.',
  })
  @ApiCreatedResponse({ type: UserView, headers: { ...LOCATION, ...ETAG } })
  async create(
    @CurrentActor() actor: Actor,
    @IdempotencyKey() key: CreationKey | null,
    @EntityTags() tags: Tagged,
    @Headers('accept-language') language: string | undefined,
    @Body() body: CreateUserRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<UserView | undefined> {
    const locale = negotiateLocale(language, MAIL_LOCALES);
    const { id } = await this.createUser.create(actor, body, { locale, key });
    void reply.header('location', `/v1/users/${id}`);
    return tags.answer(toUserView(await this.profiles.byId(id)));
  }

  @Patch(':id')
  @Roles({ level: 'admin', session: 'recent', limited: true })
  @ConditionalOnTag()
  @ApiOperation({
    summary: 'Change a user',
    description:
      'All given fields or none. For admins, over users of lower levels; superusers change everybody, and nobody moves himself on the ladder. Needs a sign-in within 15 minutes.',
  })
  @ApiOkResponse({ type: UserView })
  async edit(
    @CurrentActor() actor: Actor,
    @EntityTags() tags: Tagged,
    @Headers('accept-language') language: string | undefined,
    @Param('id') id: string,
    @Body() body: EditUserRequest,
  ): Promise<UserView | undefined> {
    const locale = negotiateLocale(language, MAIL_LOCALES);
    const condition = tags.condition(toUserView);
    return tags.answer(toUserView(await this.editUser.edit(actor, id, body, { condition, locale })));
  }

  @Post(':id/reset-password')
  @HttpCode(204)
  @Roles({ level: 'admin', session: 'own', limited: true })
  @ApiOperation({
    summary: 'Mail a user the link that sets a new password',
    description:
      'For admins, to users of lower levels, and for superusers to everybody; at most once a minute. The password counts until the link is used, and the link is shown to nobody else.',
  })
  @ApiNoContentResponse({ description: 'The mail is on its way' })
  @ApiConflictResponse({ description: 'He is blocked, or has no address' })
  sendPasswordLink(
    @CurrentActor() actor: Actor,
    @Headers('accept-language') language: string | undefined,
    @Param('id') id: string,
  ): Promise<void> {
    return this.passwordLinks.send(actor, id, negotiateLocale(language, MAIL_LOCALES));
  }
}
