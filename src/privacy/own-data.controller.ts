import { Controller, Delete, Get, HttpCode, Req, Res } from '@nestjs/common';
import {
  ApiConflictResponse,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
} from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Actor } from '../common/actor.js';
import { Clock } from '../common/clock.js';
import { digestOf } from '../common/digest.js';
import { Roles } from '../common/security/access.js';
import type { UserPrincipal } from '../common/security/principal.js';
import { Config } from '../config/config.js';
import { CurrentActor, CurrentPrincipal } from '../http/actor.decorator.js';
import { noSessionCookie, sessionCookieOf } from '../http/session-cookie.js';
import { EraseUser } from './erase-user.service.js';
import { ExportPerson } from './export-person.service.js';
import { EXPORT, EXPORT_HEADERS } from './export.schemas.js';
import { sendExport } from './send-export.js';

/** One's own data: to take along, and to take away. */
@ApiTags('me')
@Controller('v1/me')
export class OwnDataController {
  constructor(
    private readonly exportPerson: ExportPerson,
    private readonly eraseUser: EraseUser,
    private readonly config: Config,
    private readonly clock: Clock,
  ) {}

  @Get('export')
  @Roles({ session: 'recent', limited: true })
  @ApiOperation({
    summary: 'Everything that is kept of oneself',
    description: 'A file to keep. Secrets are not in it. Needs a sign-in within 15 minutes.',
  })
  @ApiOkResponse({ schema: EXPORT, headers: EXPORT_HEADERS })
  async export(
    @CurrentPrincipal() principal: UserPrincipal,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    sendExport(request, reply, await this.exportPerson.own(principal), this.clock.now());
  }

  @Delete()
  @HttpCode(204)
  @Roles({ session: 'recent', limited: true })
  @ApiOperation({
    summary: 'Erase oneself',
    description:
      'For ever: the user and everything of his. Every session ends, and a browser forgets its cookie. Needs a sign-in within 15 minutes.',
  })
  @ApiNoContentResponse({ description: 'Nothing of him is left but his id in the audit trail' })
  @ApiConflictResponse({ description: 'He is the last active superuser (`last-superuser`)' })
  async erase(
    @CurrentActor() actor: Actor,
    @CurrentPrincipal() principal: UserPrincipal,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<void> {
    await this.eraseUser.oneself(actor, principal);
    const cookie = sessionCookieOf(request.headers);
    // A cookie that came along beside the token that was asked with is another session's.
    if (cookie !== null && digestOf(cookie) === principal.session.digest) {
      void reply.header('set-cookie', noSessionCookie(this.config.links.publicUrl));
    }
  }
}
