import { Body, Controller, Header, HttpCode, Post, Req, Res } from '@nestjs/common';
import {
  ApiCreatedResponse,
  ApiForbiddenResponse,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
  ApiUnauthorizedResponse,
} from '@nestjs/swagger';
import type { PublicKeyCredentialRequestOptionsJSON } from '@simplewebauthn/server';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Actor } from '../common/actor.js';
import { SECOND } from '../common/clock.js';
import { Public } from '../common/security/access.js';
import { Config } from '../config/config.js';
import { CHALLENGE_TTL } from '../factors/passkey.js';
import { NATIVE_SURFACE } from '../grants/credential-resolver.service.js';
import { CurrentActor } from '../http/actor.decorator.js';
import { openedSessionCookie, sessionCookieOf } from '../http/session-cookie.js';
import { noSignInCookie, signInCookie, signInCookieOf } from '../http/sign-in-cookies.js';
import { OpenedSessionView, toOpenedSessionView } from './dto/opened-session.view.js';
import { OpenPasskeySessionRequest } from './dto/passkey.request.js';
import { REQUEST_OPTIONS } from './passkey-options.schemas.js';
import { PasskeySignIn } from './passkey-sign-in.service.js';

/** Signing in by a passkey, without a name or a password. */
@ApiTags('sessions')
@Controller('v1/sessions/passkey')
export class PasskeySessionsController {
  constructor(
    private readonly config: Config,
    private readonly passkeys: PasskeySignIn,
  ) {}

  @Post('options')
  @HttpCode(200)
  @Header('cache-control', 'no-store')
  @Public({ limited: true, ownOrigin: true })
  @ApiOperation({
    summary: 'Begin to sign in by a passkey',
    description:
      'What the browser is to be asked with, alike for everybody; its answer is taken once, from the same browser.',
  })
  @ApiOkResponse({ schema: REQUEST_OPTIONS, description: 'For the browser' })
  async ask(
    @Req() { headers }: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<PublicKeyCredentialRequestOptionsJSON> {
    const { options, browser } = await this.passkeys.ask(signInCookieOf(headers, 'passkey_sign_in'));
    const { publicUrl } = this.config.links;
    void reply.header(
      'set-cookie',
      signInCookie('passkey_sign_in', browser, publicUrl, CHALLENGE_TTL / SECOND),
    );
    return options;
  }

  @Post()
  @Header('cache-control', 'no-store')
  @Public({ limited: true, ownOrigin: true })
  @ApiOperation({
    summary: 'Sign in by a passkey for a session cookie',
    description:
      'It is both factors: no code is asked for. The cookie is that of `POST /v1/sessions`; the one sent along ends.',
  })
  @ApiCreatedResponse({ type: OpenedSessionView })
  @ApiUnauthorizedResponse({ description: '`wrong-credentials`, whatever is wrong' })
  @ApiForbiddenResponse({ description: 'From another site' })
  async open(
    @CurrentActor() actor: Actor,
    @Req() { headers }: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Body() { response, remember = false }: OpenPasskeySessionRequest,
  ): Promise<OpenedSessionView> {
    const signedIn = await this.passkeys.signIn(actor, {
      surface: NATIVE_SURFACE,
      browser: signInCookieOf(headers, 'passkey_sign_in'),
      shown: response,
      previousCookie: sessionCookieOf(headers),
    });
    const { publicUrl } = this.config.links;
    const over = (['passkey_sign_in', 'pending_sign_in'] as const).filter((name) =>
      signInCookieOf(headers, name),
    );
    void reply.header('set-cookie', [
      openedSessionCookie(signedIn.token, this.config, remember),
      ...over.map((name) => noSignInCookie(name, publicUrl)),
    ]);
    return toOpenedSessionView(signedIn);
  }
}
