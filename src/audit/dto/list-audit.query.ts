import { ApiPropertyOptional } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { IsIn, IsOptional, IsString, isUUID, IsUUID, MaxLength } from 'class-validator';
import { IsInstant } from '../../http/is-instant.js';
import { PageQuery } from '../../http/paging/page.query.js';
import { AUDIT_KINDS, type AuditKind } from '../audit-kinds.js';

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
  @IsInstant()
  from?: string;

  @ApiPropertyOptional({ format: 'date-time', description: 'RFC 3339; before then' })
  @IsOptional()
  @IsInstant()
  to?: string;
}
