import { ApiPropertyOptional } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { IsInt, IsOptional, IsUUID, Max, Min } from 'class-validator';

const LARGEST_PAGE = 100;
const DEFAULT_PAGE = 25;

/** How long a page is to be (contract 5). */
export class LimitQuery {
  @ApiPropertyOptional({
    type: 'integer',
    minimum: 1,
    maximum: LARGEST_PAGE,
    default: DEFAULT_PAGE,
    description: 'The most items of a page',
  })
  @IsOptional()
  @Transform(({ value }: { value: unknown }) => (/^\d{1,4}$/.test(String(value)) ? Number(value) : value))
  @IsInt()
  @Min(1)
  @Max(LARGEST_PAGE)
  limit: number = DEFAULT_PAGE;
}

/** A page of a list in the order of its items' ids. */
export class PageQuery extends LimitQuery {
  @ApiPropertyOptional({ format: 'uuid', description: '`nextCursor` of the page before' })
  @IsOptional()
  @IsUUID('all')
  @Transform(({ value }: { value: unknown }) => (typeof value === 'string' ? value.toLowerCase() : value))
  cursor?: string;
}
