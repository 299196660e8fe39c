import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsOptional } from 'class-validator';
import { IsInstant } from '../../http/is-instant.js';

/** Query of `GET /v1/figures`. */
export class FiguresQuery {
  @ApiPropertyOptional({
    format: 'date-time',
    description: 'RFC 3339; the hour (the day) that it lies in is the first. By default a day before `to`',
  })
  @IsOptional()
  @IsInstant()
  from?: string;

  @ApiPropertyOptional({
    format: 'date-time',
    description: 'RFC 3339; after `from`, at most 400 days. By default now',
  })
  @IsOptional()
  @IsInstant()
  to?: string;
}
