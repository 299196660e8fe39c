import { Body, Controller, Delete, Get, HttpCode, Param, Post } from '@nestjs/common';
import type { Actor } from '../common/actor.js';
import {
  ApiConflictResponse,
  ApiCreatedResponse,
  ApiNoContentResponse,
  ApiNotFoundResponse,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
} from '@nestjs/swagger';
import { Roles } from '../common/security/access.js';
import type { UserPrincipal } from '../common/security/principal.js';
import { CurrentActor, CurrentPrincipal } from '../http/actor.decorator.js';
import { IdentitiesView, IdentityView, LinkIdentityRequest, toIdentityView } from './dto/identity.view.js';
import { ManageIdentities } from './manage-identities.service.js';

/** One's own accounts elsewhere. Linking and unlinking need a sign-in of the last 15 minutes (contract 3.2). */
@ApiTags('me')
@Controller('v1/me/identities')
export class IdentitiesController {
  constructor(private readonly identities: ManageIdentities) {}

  @Get()
  @Roles({ session: 'own' })
  @ApiOperation({ summary: 'List one’s own accounts elsewhere' })
  @ApiOkResponse({ type: IdentitiesView })
  async list(@CurrentPrincipal() caller: UserPrincipal): Promise<IdentitiesView> {
    return { items: (await this.identities.list(caller)).map(toIdentityView) };
  }

  @Post()
  @Roles({ session: 'recent', limited: true })
  @ApiOperation({ summary: 'Link an account elsewhere: it then signs one in' })
  @ApiCreatedResponse({ type: IdentityView })
  @ApiNotFoundResponse({ description: 'There is no such provider here' })
  @ApiConflictResponse({ description: 'It is somebody else’s already, or one’s own' })
  async link(
    @CurrentActor() actor: Actor,
    @CurrentPrincipal() caller: UserPrincipal,
    @Body() { provider, token }: LinkIdentityRequest,
  ): Promise<IdentityView> {
    return toIdentityView(await this.identities.link(actor, caller, provider, token));
  }

  @Delete(':id')
  @HttpCode(204)
  @Roles({ session: 'recent' })
  @ApiOperation({ summary: 'Unlink an account elsewhere; not the last way to sign in' })
  @ApiNoContentResponse({ description: 'It signs nobody in any more' })
  @ApiConflictResponse({ description: 'It is the last way to sign in' })
  unlink(
    @CurrentActor() actor: Actor,
    @CurrentPrincipal() caller: UserPrincipal,
    @Param('id') id: string,
  ): Promise<void> {
    return this.identities.unlink(actor, caller, id);
  }
}
