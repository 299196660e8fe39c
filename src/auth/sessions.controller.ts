import { Controller, Delete, Get, HttpCode, Param, Query } from '@nestjs/common';
import { ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Actor } from '../common/actor.js';
import { Roles } from '../common/security/access.js';
import type { UserPrincipal } from '../common/security/principal.js';
import { PageQuery } from '../http/paging/page.query.js';
import { CurrentActor, CurrentPrincipal } from '../http/actor.decorator.js';
import { SessionPageView, toSessionPageView } from './dto/session.view.js';
import { UserSessions } from './user-sessions.service.js';

/** One's own sessions, wherever they were opened. */
@ApiTags('sessions')
@Controller('v1/sessions')
export class SessionsController {
  constructor(private readonly sessions: UserSessions) {}

  @Get()
  @Roles({ session: 'own' })
  @ApiOperation({ summary: 'List one’s own sessions' })
  @ApiOkResponse({ type: SessionPageView })
  async list(
    @CurrentActor() actor: Actor,
    @CurrentPrincipal() principal: UserPrincipal,
    @Query() { limit, cursor }: PageQuery,
  ): Promise<SessionPageView> {
    const page = await this.sessions.list(actor, principal.userId, { limit, cursor: cursor ?? null });
    return toSessionPageView(page, principal.grantId);
  }

  @Delete()
  @HttpCode(204)
  @Roles({ session: 'own' })
  @ApiOperation({ summary: 'End all of one’s sessions but this one' })
  @ApiNoContentResponse()
  endOthers(@CurrentActor() actor: Actor, @CurrentPrincipal() principal: UserPrincipal): Promise<void> {
    return this.sessions.endAll(actor, principal.userId, principal.grantId);
  }

  @Delete(':id')
  @HttpCode(204)
  @Roles({ session: 'own' })
  @ApiOperation({ summary: 'End one of one’s sessions' })
  @ApiNoContentResponse()
  end(
    @CurrentActor() actor: Actor,
    @CurrentPrincipal() principal: UserPrincipal,
    @Param('id') id: string,
  ): Promise<void> {
    return this.sessions.end(actor, principal.userId, id);
  }
}
