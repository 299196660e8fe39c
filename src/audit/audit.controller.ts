import { Controller, Get, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Roles } from '../common/security/access.js';
import { AuditPageView, toAuditPageView } from './dto/audit.view.js';
import { ListAuditQuery } from './dto/list-audit.query.js';
import { ReadAudit } from './read-audit.service.js';

/** The audit trail, for administrators. */
@ApiTags('audit')
@Controller('v1/audit')
export class AuditController {
  constructor(private readonly audit: ReadAudit) {}

  @Get()
  @Roles({ level: 'admin', session: 'own' })
  @ApiOperation({
    summary: 'Read the audit trail',
    description:
      'Newest first, by pages. It holds ids only, no names. For a person’s own session, admins and above.',
  })
  @ApiOkResponse({ type: AuditPageView })
  async list(@Query() query: ListAuditQuery): Promise<AuditPageView> {
    const filter = {
      userId: query.user ?? null,
      actorId: query.actor ?? null,
      kind: query.kind ?? null,
      from: query.from === undefined ? null : Date.parse(query.from),
      to: query.to === undefined ? null : Date.parse(query.to),
    };
    const { limit, cursor = null } = query;
    return toAuditPageView(await this.audit.page(filter, { limit, cursor }));
  }
}
