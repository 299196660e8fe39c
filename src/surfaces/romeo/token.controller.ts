import { Body, Controller, HttpCode, Post, Req, Res } from '@nestjs/common';
import { ApiBody, ApiNoContentResponse, ApiOperation, ApiTags, ApiOkResponse } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { ValidateToken } from '../../collaborators/validate-token.service.js';
import type { Actor } from '../../common/actor.js';
import { Public } from '../../common/security/access.js';
import { Config } from '../../config/config.js';
import { CurrentActor } from '../../http/actor.decorator.js';
import { sessionCookie, sessionCookieOf } from '../../http/session-cookie.js';
import { tokenView } from './collaborator.presenters.js';
import { Fields } from './fields.js';
import { SURFACE } from './surface-name.js';
import { SHOWN_COLLABORATOR, SHOWN_TOKEN } from './romeo.schemas.js';

/** 002 "Token Validation". */
@ApiTags('romeo (002)')
@Controller('api/validate_token')
export class RomeoTokenController {
  constructor(
    private readonly config: Config,
    private readonly tokens: ValidateToken,
  ) {}

  @Post()
  @HttpCode(200)
  @Public({ credential: 'told', limited: true, ownOrigin: true })
  @ApiBody({ schema: SHOWN_TOKEN })
  @ApiOperation({ summary: 'Show a token that was mailed: a collaborator’s, or a sign-in link’s' })
  @ApiNoContentResponse({ description: 'Signed in' })
  @ApiOkResponse({ schema: SHOWN_COLLABORATOR })
  async validate(
    @CurrentActor() actor: Actor,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Body() body: object,
  ) {
    const { cookie, collaborator } = await this.tokens.validate(actor, {
      surface: SURFACE,
      token: new Fields(body).text('token') ?? '',
      previousCookie: sessionCookieOf(request.headers),
    });
    // A guest's browser is told its cookie again when it may look already; a user's may be a remembered one.
    const isGuest = actor.principal?.kind === 'guest';
    const value = cookie ?? (isGuest ? sessionCookieOf(request.headers) : null);
    if (value !== null) {
      void reply.header('set-cookie', sessionCookie(value, this.config.links.publicUrl, null));
    }
    if (collaborator !== null) return tokenView(collaborator);
    void reply.status(204);
  }
}
