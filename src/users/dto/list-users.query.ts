import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsOptional, IsString, Matches, MaxLength, ValidateIf } from 'class-validator';
import { LEVELS, USER_TYPES, type Level, type UserType } from '../../common/levels.js';
import { LimitQuery } from '../../http/paging/page.query.js';
import { USER_STATES, type UserState } from '../user.js';

/** Query of `GET /v1/users`. */
export class ListUsersQuery extends LimitQuery {
  @ApiPropertyOptional({
    maxLength: 1_024,
    description: '`nextCursor` of the page before, which was asked with the same `q`',
  })
  @ValidateIf((_, value) => value !== undefined)
  @IsString()
  @MaxLength(1_024)
  @Matches(/^[\w-]+$/)
  cursor?: string;

  @ApiPropertyOptional({
    maxLength: 254,
    description:
      'The beginning of an e-mail address, user name, phone or card number, in any spelling; the page is then in the order of these, and may hold fewer than `limit` before the end',
  })
  @IsOptional()
  @IsString()
  @MaxLength(254)
  q?: string;

  @ApiPropertyOptional({ enum: USER_TYPES, enumName: 'UserType', description: 'Users of this kind only' })
  @IsOptional()
  @IsIn(USER_TYPES)
  type?: UserType;

  @ApiPropertyOptional({
    enum: LEVELS,
    enumName: 'Level',
    description: 'Users at this place on the role ladder only',
  })
  @IsOptional()
  @IsIn(LEVELS)
  level?: Level;

  @ApiPropertyOptional({ enum: USER_STATES, enumName: 'UserState', description: 'Users in this state only' })
  @IsOptional()
  @IsIn(USER_STATES)
  state?: UserState;
}
