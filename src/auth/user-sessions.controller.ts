import { Controller, Delete, Get, HttpCode, Param, Query } from '@nestjs/common';
import { ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Actor } from '../common/actor.js';
import { Roles } from '../common/security/access.js';
import { PageQuery } from '../http/paging/page.query.js';
import { CurrentActor } from '../http/actor.decorator.js';
import { SessionPageView, toSessionPageView } from './dto/session.view.js';
import { UserSessions } from './user-sessions.service.js';

const ADMINS = { level: 'admin', scope: 'admin', kinds: ['user', 'service'] } as const;

/** The sessions of users, for administrators over users of lower levels. */
@ApiTags('users')
@Controller('v1/users/:id/sessions')
export class UserSessionsController {
  constructor(private readonly sessions: UserSessions) {}

  @Get()
  @Roles(ADMINS)
  @ApiOperation({ summary: 'List the sessions of a user' })
  @ApiOkResponse({ type: SessionPageView })
  async list(
    @CurrentActor() actor: Actor,
    @Param('id') id: string,
    @Query() { limit, cursor }: PageQuery,
  ): Promise<SessionPageView> {
    const { principal } = actor;
    const currentId = principal?.kind === 'user' ? principal.grantId : null;
    const page = await this.sessions.list(actor, id, { limit, cursor: cursor ?? null });
    return toSessionPageView(page, currentId);
  }

  @Delete()
  @HttpCode(204)
  @Roles(ADMINS)
  @ApiOperation({ summary: 'End all sessions of a user' })
  @ApiNoContentResponse()
  endAll(@CurrentActor() actor: Actor, @Param('id') id: string): Promise<void> {
    return this.sessions.endAll(actor, id);
  }

  @Delete(':sessionId')
  @HttpCode(204)
  @Roles(ADMINS)
  @ApiOperation({ summary: 'End one session of a user' })
  @ApiNoContentResponse()
  end(
    @CurrentActor() actor: Actor,
    @Param('id') id: string,
    @Param('sessionId') sessionId: string,
  ): Promise<void> {
    return this.sessions.end(actor, id, sessionId);
  }
}
