import { Controller, Get } from '@nestjs/common';
import { ApiOperation, ApiTags, ApiOkResponse } from '@nestjs/swagger';
import { CountMembers } from '../../accounts/members/count-members.service.js';
import { Roles } from '../../common/security/access.js';
import { TOTAL } from './open-loyalty.schemas.js';

/** 003 "Using JSON Web Token": the document's own example. */
@ApiTags('open-loyalty (003)')
@Controller('api/admin/analytics')
export class AnalyticsController {
  constructor(private readonly members: CountMembers) {}

  @Get('customers')
  @Roles({ permission: 'ANALYTICS:VIEW', kinds: ['user', 'service'] })
  @ApiOperation({ summary: 'How many customers there are, in whatever state' })
  @ApiOkResponse({ schema: TOTAL })
  async customers(): Promise<{ total: number }> {
    return { total: await this.members.all('customer') };
  }
}
