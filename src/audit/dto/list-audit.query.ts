import { ApiPropertyOptional } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import {
  IsIn,
  IsInt,
  IsISO8601,
  IsOptional,
  IsString,
  IsUUID,
  Matches,
  Max,
  MaxLength,
  Min,
} from 'class-validator';
import { AUDIT_KINDS, type AuditKind } from '../audit-kinds.js';

const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,6})?)?(Z|[+-]\d\d:\d\d)$/;
const lower = ({ value }: { value: unknown }) => (typeof value === 'string' ? value.toLowerCase() : value);

/** Query of `GET /v1/audit`. */
export class ListAuditQuery {
  @ApiPropertyOptional({ format: 'uuid', description: 'To whom it was done' })
  @IsOptional()
  @IsUUID('all')
  @Transform(lower)
  user?: string;

  @ApiPropertyOptional({
    maxLength: 128,
    description: 'Who did it: the id of a user, key, client or service',
  })
  @IsOptional()
  @IsString()
  @MaxLength(128)
  actor?: string;

  @ApiPropertyOptional({ enum: AUDIT_KINDS, enumName: 'AuditKind' })
  @IsOptional()
  @IsIn(AUDIT_KINDS)
  kind?: AuditKind;

  @ApiPropertyOptional({ format: 'date-time', description: 'RFC 3339; not before then' })
  @IsOptional()
  @Matches(INSTANT)
  @IsISO8601({ strict: true, strictSeparator: true })
  from?: string;

  @ApiPropertyOptional({ format: 'date-time', description: 'RFC 3339; before then' })
  @IsOptional()
  @Matches(INSTANT)
  @IsISO8601({ strict: true, strictSeparator: true })
  to?: string;

  @ApiPropertyOptional({ type: 'integer', minimum: 1, maximum: 100, default: 25 })
  @IsOptional()
  @Transform(({ value }: { value: unknown }) => (/^\d{1,4}$/.test(String(value)) ? Number(value) : value))
  @IsInt()
  @Min(1)
  @Max(100)
  limit: number = 25;

  @ApiPropertyOptional({ description: '`nextCursor` of the page before' })
  @IsOptional()
  @IsUUID('all')
  @Transform(lower)
  cursor?: string;
}
