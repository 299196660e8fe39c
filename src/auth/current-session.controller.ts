import { Body, Controller, Delete, HttpCode, Post, Req, Res } from '@nestjs/common';
import {
  ApiBearerAuth,
  ApiCookieAuth,
  ApiCreatedResponse,
  ApiNoContentResponse,
  ApiOperation,
  ApiTags,
} from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Actor } from '../common/actor.js';
import { digestOf } from '../common/digest.js';
import { Public, Roles } from '../common/security/access.js';
import type { UserPrincipal } from '../common/security/principal.js';
import { Config } from '../config/config.js';
import { NATIVE_SURFACE } from '../grants/credential-resolver.service.js';
import { CurrentActor, CurrentPrincipal } from '../http/actor.decorator.js';
import { noSessionCookie, openedSessionCookie, sessionCookieOf } from '../http/session-cookie.js';
import { ConfirmSession } from './confirm-session.service.js';
import { ConfirmSessionRequest, OpenSessionRequest, toConfirmation } from './dto/open-session.request.js';
import { OpenedSessionView, toOpenedSessionView } from './dto/opened-session.view.js';
import { SignIn } from './sign-in.service.js';
import { UserSessions } from './user-sessions.service.js';

/** The session of the browser that asks: opened, confirmed and ended. */
@ApiTags('sessions')
@Controller('v1/sessions')
export class CurrentSessionController {
  constructor(
    private readonly config: Config,
    private readonly signIn: SignIn,
    private readonly confirmSession: ConfirmSession,
    private readonly sessions: UserSessions,
  ) {}

  @Post()
  @Public({ sensitive: true, ownOrigin: true })
  @ApiOperation({
    summary: 'Sign in for a session cookie',
    description: 'The cookie counts at the native API and on the hosted pages. The one sent along ends.',
  })
  @ApiCreatedResponse({ type: OpenedSessionView })
  async open(
    @CurrentActor() actor: Actor,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Body() { identifier, password, otp, remember = false }: OpenSessionRequest,
  ): Promise<OpenedSessionView> {
    const signedIn = await this.signIn.signIn(actor, {
      identifier,
      password,
      otp,
      surface: NATIVE_SURFACE,
      cookie: { previous: sessionCookieOf(request.headers) },
    });
    void reply.header('set-cookie', openedSessionCookie(signedIn.token, this.config, remember));
    return toOpenedSessionView(signedIn);
  }

  @Post('current/confirm')
  @HttpCode(204)
  @Roles({ session: 'own', sensitive: true })
  @ApiBearerAuth()
  @ApiCookieAuth()
  @ApiOperation({
    summary: 'Show once more who one is',
    description:
      'By password or by a code of the second factor. For 15 minutes this session opens what is refused with reauthentication-required.',
  })
  @ApiNoContentResponse()
  confirm(
    @CurrentActor() actor: Actor,
    @CurrentPrincipal() principal: UserPrincipal,
    @Body() body: ConfirmSessionRequest,
  ): Promise<void> {
    return this.confirmSession.confirm(actor, principal, toConfirmation(body));
  }

  @Delete('current')
  @HttpCode(204)
  @Roles({ session: 'own' })
  @ApiBearerAuth()
  @ApiCookieAuth()
  @ApiOperation({ summary: 'End this session', description: 'A browser forgets its cookie.' })
  @ApiNoContentResponse()
  async end(
    @CurrentActor() actor: Actor,
    @CurrentPrincipal() { userId, grantId, session }: UserPrincipal,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<void> {
    await this.sessions.end(actor, userId, grantId);
    const cookie = sessionCookieOf(request.headers);
    // A cookie that came along beside the token that was asked with is another session's.
    if (cookie !== null && digestOf(cookie) === session.digest) {
      void reply.header('set-cookie', noSessionCookie(this.config.links.publicUrl));
    }
  }
}
