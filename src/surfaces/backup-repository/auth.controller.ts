import { Body, Controller, Delete, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiOperation, ApiTags, ApiOkResponse } from '@nestjs/swagger';
import { ManageSessions } from '../../auth/manage-sessions.service.js';
import { SignIn } from '../../auth/sign-in.service.js';
import type { Actor } from '../../common/actor.js';
import { Clock } from '../../common/clock.js';
import { Public, Roles } from '../../common/security/access.js';
import type { UserPrincipal } from '../../common/security/principal.js';
import { CurrentActor, CurrentPrincipal } from '../../http/actor.decorator.js';
import { ViewProfile } from '../../users/view-profile.service.js';
import {
  claimsOf,
  digestOfSessionId,
  envelope,
  grantedAccessOf,
  loginData,
  sessionIdOf,
  userData,
  whoamiData,
} from './backup-repository.presenters.js';
import { BackupRepositoryLoginRequest } from './dto/login.request.js';
import { LogoutQuery, TokenQuery } from './dto/session.query.js';
import { SURFACE } from './surface-name.js';
import { LOGIN, LOGOUT, TOKENS, USER, WHOAMI } from './backup-repository.schemas.js';

/** 001 "Users and Authentication API". */
@ApiTags('backup-repository (001)')
@Controller('api/stable/auth')
export class BackupRepositoryAuthController {
  constructor(
    private readonly signIn: SignIn,
    private readonly sessions: ManageSessions,
    private readonly profiles: ViewProfile,
    private readonly clock: Clock,
  ) {}

  @Post('login')
  @HttpCode(200)
  @Public({ sensitive: true })
  @ApiOperation({ summary: 'Sign in for a JWT' })
  @ApiOkResponse({ schema: LOGIN })
  async login(@CurrentActor() actor: Actor, @Body() body: BackupRepositoryLoginRequest) {
    const signedIn = await this.signIn.signIn(actor, {
      identifier: body.username,
      password: body.password,
      surface: SURFACE,
      claimsOf: (user) => claimsOf(user, this.clock.now()),
    });
    return envelope(loginData(signedIn));
  }

  @Get('whoami')
  @Roles()
  @ApiOperation({ summary: 'The current session and user' })
  @ApiOkResponse({ schema: WHOAMI })
  whoami(@CurrentPrincipal() principal: UserPrincipal) {
    return envelope(whoamiData(principal));
  }

  @Get('user/:userName')
  @Roles()
  @ApiOperation({
    summary: 'One user by name',
    description: 'Oneself, or anybody for usersManager and systemAdmin.',
  })
  @ApiOkResponse({ schema: USER })
  async user(@CurrentPrincipal() principal: UserPrincipal, @Param('userName') userName: string) {
    return envelope(userData(await this.profiles.byName(principal, userName)));
  }

  @Delete('logout')
  @Roles()
  @ApiOperation({ summary: 'Revoke the own JWT, or one by its session id' })
  @ApiOkResponse({ schema: LOGOUT })
  logout(
    @CurrentActor() actor: Actor,
    @CurrentPrincipal() principal: UserPrincipal,
    @Query() query: LogoutQuery,
  ) {
    return this.end(actor, principal, query);
  }

  @Get('logout')
  @Roles()
  @ApiOperation({
    summary: 'Revoke the own JWT, or one by its session id',
    description: 'As the document’s heading has it.',
  })
  @ApiOkResponse({ schema: LOGOUT })
  logoutByGet(
    @CurrentActor() actor: Actor,
    @CurrentPrincipal() principal: UserPrincipal,
    @Query() query: LogoutQuery,
  ) {
    return this.end(actor, principal, query);
  }

  @Get('token')
  @Roles()
  @ApiOperation({ summary: 'The JWTs given to a user', description: 'Another user’s for systemAdmin only.' })
  @ApiOkResponse({ schema: TOKENS })
  async tokens(@CurrentPrincipal() principal: UserPrincipal, @Query() query: TokenQuery) {
    const sessions = await this.sessions.of(principal, query.userName ?? null);
    const user = query.userName ?? principal.user;
    return envelope({ grantedAccesses: sessions.map((session) => grantedAccessOf(session, user)) });
  }

  private async end(actor: Actor, principal: UserPrincipal, { sessionId }: LogoutQuery) {
    const digest = sessionId === undefined ? null : digestOfSessionId(sessionId);
    const ended = await this.sessions.end(actor, principal, digest);
    return envelope({ message: 'JWT was revoked', sessionId: sessionIdOf(ended) });
  }
}
