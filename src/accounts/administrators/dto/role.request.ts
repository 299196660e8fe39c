import { ApiProperty, ApiPropertyOptional, PartialType } from '@nestjs/swagger';
import { ArrayMaxSize, IsArray, IsIn, IsOptional, IsString, Matches, MaxLength } from 'class-validator';
import { PERMISSIONS, type Permission } from '../../../common/permissions.js';
import { PageQuery } from '../../../http/paging/page.query.js';
import { Trimmed } from '../../../http/validation.js';

const LONGEST_NAME = 150;
/** Without control characters. */
const TEXT = /^\P{Cc}*$/u;

/** Body of `POST /v1/roles`. */
export class CreateRoleRequest {
  @ApiProperty({ maxLength: LONGEST_NAME, description: 'What it is called; no two roles have one name' })
  @Trimmed()
  @IsString()
  @Matches(/\S/)
  @Matches(TEXT)
  @MaxLength(LONGEST_NAME)
  name: string;

  @ApiProperty({
    type: [String],
    enum: PERMISSIONS,
    description: 'What it allows, of what the caller may do himself; `RESOURCE:MODIFY` contains VIEW',
  })
  @IsArray()
  @ArrayMaxSize(PERMISSIONS.length)
  @IsIn(PERMISSIONS, { each: true })
  permissions: Permission[];
}

/** Body of `PATCH /v1/roles/:id`; what is left out stays. */
export class EditRoleRequest extends PartialType(CreateRoleRequest, { skipNullProperties: false }) {}

/** Query of `GET /v1/roles`. */
export class ListRolesQuery extends PageQuery {
  @ApiPropertyOptional({
    maxLength: LONGEST_NAME,
    description: 'The beginning of the name, in whatever case',
  })
  @IsOptional()
  @IsString()
  @MaxLength(LONGEST_NAME)
  q?: string;
}
