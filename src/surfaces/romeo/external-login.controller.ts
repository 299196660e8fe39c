import { Body, Controller, Headers, HttpCode, Post, Req, Res } from '@nestjs/common';
import { ApiBody, ApiOperation, ApiTags, ApiOkResponse } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Actor } from '../../common/actor.js';
import { Public } from '../../common/security/access.js';
import { CurrentActor } from '../../http/actor.decorator.js';
import { negotiateLocale } from '../../http/locale.js';
import { sessionCookieOf } from '../../http/session-cookie.js';
import { MAIL_LOCALES } from '../../mail/mail-template-values.js';
import { ExternalSignIn } from '../../social/external-sign-in.service.js';
import { Fields } from './fields.js';
import { SignedInAnswer } from './signed-in-answer.js';
import { SURFACE } from './surface-name.js';
import { SIGNED_IN, EXTERNAL_LOGIN } from './romeo.schemas.js';

/** 002 "Social Login/Registration". */
@ApiTags('romeo (002)')
@Controller('api')
export class RomeoExternalLoginController {
  constructor(
    private readonly externalSignIn: ExternalSignIn,
    private readonly signedIn: SignedInAnswer,
  ) {}

  @Post('login/external')
  @HttpCode(200)
  @Public({ limited: true, ownOrigin: true })
  @ApiBody({ schema: EXTERNAL_LOGIN })
  @ApiOperation({ summary: 'Sign in, or register, with an account elsewhere' })
  @ApiOkResponse({ schema: SIGNED_IN })
  async login(
    @CurrentActor() actor: Actor,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Headers('accept-language') language: string | undefined,
    @Body() body: object,
  ) {
    const fields = new Fields(body);
    const remember = fields.flag('remember');
    const { user, cookie } = await this.externalSignIn.enter(actor, {
      surface: SURFACE,
      system: fields.text('external_system'),
      token: fields.text('external_token'),
      email: fields.text('username'),
      previousCookie: sessionCookieOf(request.headers),
      locale: negotiateLocale(language, MAIL_LOCALES),
      unreadable: fields.unreadable,
    });
    this.signedIn.setCookie(reply, cookie, remember);
    return this.signedIn.bodyOf(user);
  }
}
