import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import {
  ArrayMaxSize,
  IsArray,
  IsIn,
  IsOptional,
  IsString,
  IsUUID,
  Matches,
  MaxLength,
} from 'class-validator';
import { LEVELS, USER_TYPES, type Level, type UserType } from '../../../common/levels.js';
import { IsNetwork, MayBeLeftOut, Trimmed } from '../../../http/validation.js';

const LONGEST_NAME = 150;
const LONGEST_ADDRESS = 254;
const LONGEST_PASSWORD = 1_024;
const MOST_NETWORKS = 100;

/** What administrators say of a user. */
class UserFieldsRequest {
  @ApiPropertyOptional({
    enum: USER_TYPES,
    enumName: 'UserType',
    default: 'customer',
    description: 'What kind of user it is',
  })
  @MayBeLeftOut()
  @IsIn(USER_TYPES)
  type?: UserType;

  @ApiPropertyOptional({
    enum: LEVELS,
    enumName: 'Level',
    description:
      'His place on the role ladder: `member`, or `manager` for an administrator without a free role',
  })
  @MayBeLeftOut()
  @IsIn(LEVELS)
  level?: Level;

  @ApiPropertyOptional({
    type: String,
    nullable: true,
    maxLength: LONGEST_NAME,
    description: 'A name to sign in with: letters, digits, `.`, `_` and `-`',
  })
  @IsOptional()
  @Trimmed()
  @IsString()
  @MaxLength(LONGEST_NAME)
  username?: string | null;

  @ApiPropertyOptional({
    type: String,
    nullable: true,
    example: '+48500100200',
    description: 'An identifier to sign in with',
  })
  @IsOptional()
  @Matches(/^\+?\d{6,15}$/)
  phone?: string | null;

  @ApiPropertyOptional({
    type: String,
    nullable: true,
    example: '47834433524',
    description: 'The number of a loyalty card, an identifier to sign in with',
  })
  @IsOptional()
  @Matches(/^\d{4,32}$/)
  card?: string | null;

  @ApiPropertyOptional({ maxLength: LONGEST_NAME, description: 'May be empty' })
  @MayBeLeftOut()
  @Trimmed()
  @IsString()
  @MaxLength(LONGEST_NAME)
  firstName?: string;

  @ApiPropertyOptional({ maxLength: LONGEST_NAME, description: 'May be empty' })
  @MayBeLeftOut()
  @Trimmed()
  @IsString()
  @MaxLength(LONGEST_NAME)
  lastName?: string;

  @ApiPropertyOptional({
    type: String,
    nullable: true,
    example: 'en_US',
    description: 'The language of his mails; null where he never said',
  })
  @IsOptional()
  @Matches(/^[a-z]{2}([_-][A-Z]{2})?$/)
  locale?: string | null;

  @ApiPropertyOptional({
    type: String,
    format: 'uuid',
    nullable: true,
    description: 'An administrator’s free role',
  })
  @IsOptional()
  @IsUUID('all')
  roleId?: string | null;

  @ApiPropertyOptional({
    type: [String],
    maxItems: MOST_NETWORKS,
    description: 'Addresses or CIDR ranges from which his credentials count; empty is everywhere',
  })
  @MayBeLeftOut()
  @IsArray()
  @ArrayMaxSize(MOST_NETWORKS)
  @IsNetwork({ each: true })
  networks?: string[];
}

/** Body of `POST /v1/users`. */
export class CreateUserRequest extends UserFieldsRequest {
  @ApiProperty({
    format: 'email',
    maxLength: LONGEST_ADDRESS,
    description: 'The address of his mails, an identifier to sign in with',
  })
  @IsString()
  @MaxLength(LONGEST_ADDRESS)
  email: string;

  @ApiPropertyOptional({
    type: String,
    nullable: true,
    format: 'password',
    maxLength: LONGEST_PASSWORD,
    description: 'Without one, a link to set it is mailed to him',
  })
  @IsOptional()
  @IsString()
  @MaxLength(LONGEST_PASSWORD)
  password?: string | null;
}

/** Body of `PATCH /v1/users/:id`; what is left out stays. */
export class EditUserRequest extends UserFieldsRequest {
  @ApiPropertyOptional({
    format: 'email',
    maxLength: LONGEST_ADDRESS,
    description: 'Where addresses must be confirmed, it takes the place of the old one once it is',
  })
  @MayBeLeftOut()
  @IsString()
  @MaxLength(LONGEST_ADDRESS)
  email?: string;
}
