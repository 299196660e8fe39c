import { ApiPropertyOptional } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { IsInt, IsOptional, Max, Min } from 'class-validator';

const digits = Transform(({ value }: { value: unknown }) =>
  typeof value === 'string' && /^\d{1,9}$/.test(value) ? Number(value) : value,
);

/** Query of the list of users: pages are numbered from 1. */
export class UserListQuery {
  @ApiPropertyOptional({ type: 'integer', minimum: 1, default: 1, description: 'Which page' })
  @IsOptional()
  @digits
  @IsInt()
  @Min(1)
  @Max(1_000_000)
  page?: number;

  @ApiPropertyOptional({
    type: 'integer',
    minimum: 1,
    maximum: 250,
    default: 250,
    description: 'The most users of a page',
  })
  @IsOptional()
  @digits
  @IsInt()
  @Min(1)
  @Max(250)
  c_resp_page_size?: number;
}
