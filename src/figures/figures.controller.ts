import { Controller, Get, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Roles } from '../common/security/access.js';
import { FiguresQuery } from './dto/figures.query.js';
import { FiguresView, toFiguresView } from './dto/figures.view.js';
import { ReadFigures } from './read-figures.service.js';

const instantOf = (text: string | undefined): number | null => (text === undefined ? null : Date.parse(text));

/** How much happens, for administrators. */
@ApiTags('figures')
@Controller('v1/figures')
export class FiguresController {
  constructor(private readonly figures: ReadFigures) {}

  @Get()
  @Roles({ level: 'manager', scope: 'admin', kinds: ['user', 'service'] })
  @ApiOperation({
    summary: 'Read figures',
    description:
      'By the hour, of more than 31 days by the day (UTC). They are known for 400 days; the last few seconds, and those before a crash, may be missing. For managers and above.',
  })
  @ApiOkResponse({ type: FiguresView })
  async list(@Query() { from, to }: FiguresQuery): Promise<FiguresView> {
    return toFiguresView(await this.figures.of({ from: instantOf(from), to: instantOf(to) }));
  }
}
