import { Controller, Get } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiServiceUnavailableResponse, ApiTags } from '@nestjs/swagger';
import { Public } from '../common/security/access.js';
import { Reader } from './db.js';
import { sql } from './sql.js';

const HEALTH = {
  type: 'object',
  properties: { status: { type: 'string', enum: ['ok'], description: 'Always ok' } },
};

/** Whether the process lives, and whether it can serve. */
@ApiTags('operations')
@Controller('health')
export class HealthController {
  constructor(private readonly reader: Reader) {}

  @Get('live')
  @Public()
  @ApiOperation({ summary: 'The process answers' })
  @ApiOkResponse({ schema: HEALTH })
  live(): { status: 'ok' } {
    return { status: 'ok' };
  }

  /** @throws Overloaded when the database does not answer */
  @Get('ready')
  @Public()
  @ApiOperation({ summary: 'The database answers too' })
  @ApiOkResponse({ schema: HEALTH })
  @ApiServiceUnavailableResponse({ description: 'The database does not answer' })
  async ready(): Promise<{ status: 'ok' }> {
    await this.reader.query(sql`SELECT n FROM fence WHERE id = 1`);
    return { status: 'ok' };
  }
}
