import { Body, Controller, Get, HttpCode, Post } from '@nestjs/common';
import { ApiOperation, ApiTags, ApiOkResponse } from '@nestjs/swagger';
import { LastSignIn } from '../../auth/last-sign-in.service.js';
import { ManageSessions } from '../../auth/manage-sessions.service.js';
import type { Actor } from '../../common/actor.js';
import { Public, Roles } from '../../common/security/access.js';
import type { UserPrincipal } from '../../common/security/principal.js';
import { RefreshSessions } from '../../grants/refresh-sessions.service.js';
import { CurrentActor, CurrentPrincipal } from '../../http/actor.decorator.js';
import { claimsOf } from './claims.js';
import { RefreshRequest } from './dto/login-check.request.js';
import { SURFACE } from './surface-name.js';
import { NO_ITEMS, TOKEN_PAIR } from './open-loyalty.schemas.js';

/** Refresh tokens of 003 (reference note 1.4, 1.5; contract 4.4). */
@ApiTags('open-loyalty (003)')
@Controller('api/token')
export class TokenController {
  constructor(
    private readonly refreshSessions: RefreshSessions,
    private readonly sessions: ManageSessions,
    private readonly lastSignIn: LastSignIn,
  ) {}

  @Post('refresh')
  @HttpCode(200)
  @Public({ limited: true })
  @ApiOperation({
    summary: 'Replace a refresh token by a new pair',
    description: 'Each one works once; used again later, the whole session ends.',
  })
  @ApiOkResponse({ schema: TOKEN_PAIR })
  async refresh(@CurrentActor() actor: Actor, @Body() body: RefreshRequest) {
    const { token, refreshToken } = await this.refreshSessions.refresh(actor, {
      surface: SURFACE,
      refreshToken: body.refresh_token,
      claimsOf: async (user) => claimsOf(user, await this.lastSignIn.of(user.id)),
    });
    return { token, refresh_token: refreshToken };
  }

  @Get('revoke')
  @Roles({ session: 'own' })
  @ApiOperation({
    summary: 'End all of the caller’s sessions at this door',
    description: 'As the note has it.',
  })
  @ApiOkResponse({ schema: NO_ITEMS })
  revokeByGet(@CurrentActor() actor: Actor, @CurrentPrincipal() principal: UserPrincipal) {
    return this.end(actor, principal);
  }

  @Post('revoke')
  @HttpCode(200)
  @Roles({ session: 'own' })
  @ApiOperation({ summary: 'End all of the caller’s sessions at this door' })
  @ApiOkResponse({ schema: NO_ITEMS })
  revoke(@CurrentActor() actor: Actor, @CurrentPrincipal() principal: UserPrincipal) {
    return this.end(actor, principal);
  }

  private async end(actor: Actor, principal: UserPrincipal): Promise<readonly never[]> {
    await this.sessions.endAllAt(actor, principal, SURFACE);
    return [];
  }
}
