import { Body, Controller, Get, Headers, HttpCode, Post, Req, Res } from '@nestjs/common';
import { ApiBody, ApiOperation, ApiTags, ApiOkResponse } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { InvalidFields } from '../../accounts/field-faults.js';
import { RegisterWithCookie } from '../../accounts/register-with-cookie.service.js';
import { WrongCredentials } from '../../auth/auth.errors.js';
import { ManageSessions } from '../../auth/manage-sessions.service.js';
import { SignIn } from '../../auth/sign-in.service.js';
import type { Actor } from '../../common/actor.js';
import { Public } from '../../common/security/access.js';
import { Config } from '../../config/config.js';
import { CurrentActor } from '../../http/actor.decorator.js';
import { negotiateLocale } from '../../http/locale.js';
import { noSessionCookie, sessionCookieOf } from '../../http/session-cookie.js';
import { MAIL_LOCALES } from '../../mail/mail-template-values.js';
import { Fields } from './fields.js';
import { SignedInAnswer } from './signed-in-answer.js';
import { ReadsNoBody } from '../../http/reads-no-body.decorator.js';
import { asksForPage, SIGNED_OUT } from './logout-page.js';
import { SURFACE } from './surface-name.js';
import { SIGNED_IN, STATUS, LOGIN, REGISTRATION } from './romeo.schemas.js';

/** 002 "Login", and what its origin has beside it: register, logout, and who is signed in. */
@ApiTags('romeo (002)')
@Controller('api')
export class RomeoSessionController {
  constructor(
    private readonly config: Config,
    private readonly signIn: SignIn,
    private readonly registerWithCookie: RegisterWithCookie,
    private readonly sessions: ManageSessions,
    private readonly signedIn: SignedInAnswer,
  ) {}

  @Post('login')
  @HttpCode(200)
  @Public({ sensitive: true, ownOrigin: true })
  @ApiBody({ schema: LOGIN })
  @ApiOperation({ summary: 'Sign in for a session cookie' })
  @ApiOkResponse({ schema: SIGNED_IN })
  async login(
    @CurrentActor() actor: Actor,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Body() body: object,
  ) {
    const fields = new Fields(body);
    const identifier = fields.text('username');
    const password = fields.text('password');
    if (identifier === null || password === null) throw new WrongCredentials();
    const remember = fields.flag('remember');
    if (fields.unreadable.length > 0) throw new InvalidFields(fields.unreadable);
    const { user, token } = await this.signIn.signIn(actor, {
      identifier,
      password,
      surface: SURFACE,
      cookie: { previous: sessionCookieOf(request.headers) },
    });
    this.signedIn.setCookie(reply, token, remember);
    return this.signedIn.bodyOf(user);
  }

  @Post('register')
  @HttpCode(200)
  @Public({ limited: true, ownOrigin: true })
  @ApiBody({ schema: REGISTRATION })
  @ApiOperation({ summary: 'Register, and be signed in' })
  @ApiOkResponse({ schema: SIGNED_IN })
  async register(
    @CurrentActor() actor: Actor,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Headers('accept-language') language: string | undefined,
    @Body() body: object,
  ) {
    const fields = new Fields(body);
    const remember = fields.flag('remember');
    const { user, cookie } = await this.registerWithCookie.register(actor, {
      surface: SURFACE,
      email: fields.text('username'),
      password: fields.text('password'),
      name: (fields.text('name') ?? fields.text('display_name'))?.trim() || null,
      previousCookie: sessionCookieOf(request.headers),
      locale: negotiateLocale(language, MAIL_LOCALES),
      unreadable: fields.unreadable,
    });
    this.signedIn.setCookie(reply, cookie, remember);
    return this.signedIn.bodyOf(user);
  }

  @Post('logout')
  @HttpCode(204)
  @Public({ ownOrigin: true })
  @ReadsNoBody()
  @ApiOperation({ summary: 'End this session; without one nothing happens' })
  async logout(
    @CurrentActor() actor: Actor,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Headers('accept') accept: string | undefined,
  ): Promise<void> {
    const cookie = sessionCookieOf(request.headers);
    if (cookie !== null) await this.sessions.endByCookie(actor, cookie);
    void reply.header('set-cookie', noSessionCookie(this.config.links.publicUrl));
    // A browser that posts a form would stay where it is with 204, and its person would not know.
    if (asksForPage(accept)) void reply.code(303).header('location', SIGNED_OUT);
  }

  @Get()
  @Public({ credential: 'told' })
  @ApiOperation({ summary: 'Who is signed in' })
  @ApiOkResponse({ schema: STATUS })
  async status(@CurrentActor() { principal }: Actor) {
    if (principal?.kind === 'guest') return { auth_status: 'logged_in' };
    if (principal?.kind !== 'user') return { auth_status: 'logged_out' };
    const { account, user } = await this.signedIn.bodyOf(principal.user);
    return { auth_status: 'logged_in', user, account };
  }
}
