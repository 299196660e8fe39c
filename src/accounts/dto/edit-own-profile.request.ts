import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsBoolean, IsOptional, IsString, Matches, MaxLength } from 'class-validator';
import { MayBeLeftOut, Trimmed } from '../../http/validation.js';

const LONGEST_NAME = 150;

/** Body of `PATCH /v1/me`; what is left out stays. */
export class EditOwnProfileRequest {
  @ApiPropertyOptional({ maxLength: LONGEST_NAME, description: 'May be empty' })
  @Trimmed()
  @MayBeLeftOut()
  @IsString()
  @MaxLength(LONGEST_NAME)
  firstName?: string;

  @ApiPropertyOptional({ maxLength: LONGEST_NAME, description: 'May be empty' })
  @Trimmed()
  @MayBeLeftOut()
  @IsString()
  @MaxLength(LONGEST_NAME)
  lastName?: string;

  @ApiPropertyOptional({
    type: String,
    nullable: true,
    example: '+48500100200',
    description: 'An identifier to sign in with; null takes it away',
  })
  @IsOptional()
  @Matches(/^\+?\d{6,15}$/)
  phone?: string | null;

  @ApiPropertyOptional({ example: 'en_US', description: 'The language of one’s mails' })
  @MayBeLeftOut()
  @Matches(/^[a-z]{2}([_-][A-Z]{2})?$/)
  locale?: string;

  @ApiPropertyOptional({ description: 'Whether one wants mails beside those that one’s account needs' })
  @MayBeLeftOut()
  @IsBoolean()
  emailNotifications?: boolean;
}
