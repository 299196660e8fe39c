import { ApiPropertyOptional } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { IsIn, IsISO8601, IsOptional, IsString, isUUID, IsUUID, Matches, MaxLength } from 'class-validator';
import { PageQuery } from '../../http/paging/page.query.js';
import { AUDIT_KINDS, type AuditKind } from '../audit-kinds.js';

const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,6})?)?(Z|[+-]\d\d:\d\d)$/;
const lower = ({ value }: { value: unknown }) => (typeof value === 'string' ? value.toLowerCase() : value);

// A client's id keeps its case: it is no UUID.
const lowerUuid = ({ value }: { value: unknown }) => (isUUID(value) ? lower({ value }) : value);

/** Query of `GET /v1/audit`. */
export class ListAuditQuery extends PageQuery {
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
  @Transform(lowerUuid)
  actor?: string;

  @ApiPropertyOptional({ enum: AUDIT_KINDS, enumName: 'AuditKind', description: 'What was done' })
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
}
