import type { IncomingHttpHeaders } from 'node:http';
import { Body, Controller, Delete, Headers, HttpCode, Post, Req, Res } from '@nestjs/common';
import {
  ApiCreatedResponse,
  ApiForbiddenResponse,
  ApiNoContentResponse,
  ApiOperation,
  ApiTags,
  ApiUnauthorizedResponse,
} from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Actor } from '../common/actor.js';
import { Clock, SECOND } from '../common/clock.js';
import { digestOf } from '../common/digest.js';
import { Public, Roles } from '../common/security/access.js';
import type { UserPrincipal } from '../common/security/principal.js';
import { Config } from '../config/config.js';
import { methodsOf } from '../factors/factor-demand.js';
import { SecondFactorRequired } from '../factors/factors.errors.js';
import { NATIVE_SURFACE } from '../grants/credential-resolver.service.js';
import { CurrentActor, CurrentPrincipal } from '../http/actor.decorator.js';
import { negotiateLocale } from '../http/locale.js';
import { noSessionCookie, openedSessionCookie, sessionCookieOf } from '../http/session-cookie.js';
import { noSignInCookie, signInCookie, signInCookieOf } from '../http/sign-in-cookies.js';
import { MAIL_LOCALES } from '../mail/mail-template-values.js';
import { OpenSessionRequest } from './dto/open-session.request.js';
import { OpenedSessionView, toOpenedSessionView } from './dto/opened-session.view.js';
import type { SignedIn } from './sign-in.js';
import { SignIn } from './sign-in.service.js';
import { UserSessions } from './user-sessions.service.js';

/** The session of the browser that asks: opened and ended. */
@ApiTags('sessions')
@Controller('v1/sessions')
export class CurrentSessionController {
  constructor(
    private readonly config: Config,
    private readonly signIn: SignIn,
    private readonly sessions: UserSessions,
    private readonly clock: Clock,
  ) {}

  @Post()
  @Public({ sensitive: true, ownOrigin: true })
  @ApiOperation({
    summary: 'Sign in for a session cookie',
    description:
      'The cookie counts at the native API and on the hosted pages. The one sent along ends. Who is to show a code that is mailed asks again with it from the same browser.',
  })
  @ApiCreatedResponse({ type: OpenedSessionView })
  @ApiUnauthorizedResponse({
    description:
      'Wrong credentials; or, with `second-factor-required`, `methods` tells what is to be shown as `otp`: `app`, `recovery-code`, `email`; or `passkey` at `POST /v1/sessions/passkey`',
  })
  @ApiForbiddenResponse({ description: 'From another site, or the password is too old' })
  async open(
    @CurrentActor() actor: Actor,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Body() { identifier, password, otp, remember = false, trustDevice = false }: OpenSessionRequest,
    @Headers('accept-language') language: string | undefined,
  ): Promise<OpenedSessionView> {
    const { headers } = request;
    const signedIn = await this.signIn.signIn(actor, {
      identifier,
      password,
      otp,
      surface: NATIVE_SURFACE,
      cookie: { previous: sessionCookieOf(headers) },
      waitsFor: 'mailed-code',
      browser: {
        pending: signInCookieOf(headers, 'pending_sign_in'),
        trusted: signInCookieOf(headers, 'trusted_device'),
        wantsTrust: trustDevice,
      },
      locale: negotiateLocale(language, MAIL_LOCALES),
    });
    void reply.header('set-cookie', this.cookiesOf(signedIn, headers, remember));
    if (signedIn.awaits) throw new SecondFactorRequired(methodsOf(signedIn.awaits));
    return toOpenedSessionView(signedIn);
  }

  private cookiesOf(
    { token, expiresAt, awaits, trusted }: SignedIn,
    headers: IncomingHttpHeaders,
    isRemembered: boolean,
  ): string[] {
    const { publicUrl } = this.config.links;
    const until = (end: number) => Math.ceil((end - this.clock.now()) / SECOND);
    if (awaits) return [signInCookie('pending_sign_in', token, publicUrl, until(expiresAt))];
    const wasPending = signInCookieOf(headers, 'pending_sign_in') !== null;
    return [
      openedSessionCookie(token, this.config, isRemembered),
      ...(wasPending ? [noSignInCookie('pending_sign_in', publicUrl)] : []),
      ...(trusted
        ? [signInCookie('trusted_device', trusted.secret, publicUrl, until(trusted.expiresAt))]
        : []),
    ];
  }

  @Delete('current')
  @HttpCode(204)
  @Roles({ session: 'own' })
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
