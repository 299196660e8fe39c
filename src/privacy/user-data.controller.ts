import { Controller, Delete, Get, HttpCode, Param, Req, Res } from '@nestjs/common';
import { ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Actor } from '../common/actor.js';
import { Clock } from '../common/clock.js';
import { Roles } from '../common/security/access.js';
import { CurrentActor } from '../http/actor.decorator.js';
import { EraseUser } from './erase-user.service.js';
import { ExportPerson } from './export-person.service.js';
import { EXPORT, EXPORT_HEADERS } from './export.schemas.js';
import { sendExport } from './send-export.js';

/** The data of users, for administrators over users of lower levels. */
@ApiTags('users')
@Controller('v1/users/:id')
export class UserDataController {
  constructor(
    private readonly exportPerson: ExportPerson,
    private readonly eraseUser: EraseUser,
    private readonly clock: Clock,
  ) {}

  @Get('export')
  @Roles({ level: 'admin', session: 'recent', limited: true })
  @ApiOperation({
    summary: 'Everything that is kept of a user',
    description:
      'A file for who asks for his data. For admins and above, of users of lower levels; the audit trail tells who had it. Needs a sign-in within 15 minutes.',
  })
  @ApiOkResponse({ schema: EXPORT, headers: EXPORT_HEADERS })
  async export(
    @CurrentActor() actor: Actor,
    @Param('id') id: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    sendExport(request, reply, await this.exportPerson.other(actor, id), this.clock.now());
  }

  @Delete()
  @HttpCode(204)
  @Roles({ level: 'admin', session: 'recent', limited: true })
  @ApiOperation({
    summary: 'Erase a user',
    description:
      'For ever: the user and everything of his; he is told by mail. For admins and above, users of lower levels. One whom a manifest still declares is made anew. Needs a sign-in within 15 minutes.',
  })
  @ApiNoContentResponse({ description: 'Nothing of him is left but his id in the audit trail' })
  erase(@CurrentActor() actor: Actor, @Param('id') id: string): Promise<void> {
    return this.eraseUser.other(actor, id);
  }
}
