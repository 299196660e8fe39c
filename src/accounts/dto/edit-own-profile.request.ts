import { ApiPropertyOptional } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { IsOptional, IsString, Matches, MaxLength, ValidateIf } from 'class-validator';

const LONGEST_NAME = 150;

const trimmed = Transform(({ value }: { value: unknown }) =>
  typeof value === 'string' ? value.trim() : value,
);
const isGiven = (_: unknown, value: unknown) => value !== undefined;

/** Body of `PATCH /v1/me`; what is left out stays. */
export class EditOwnProfileRequest {
  @ApiPropertyOptional({ maxLength: LONGEST_NAME, description: 'May be empty' })
  @trimmed
  @ValidateIf(isGiven)
  @IsString()
  @MaxLength(LONGEST_NAME)
  firstName?: string;

  @ApiPropertyOptional({ maxLength: LONGEST_NAME, description: 'May be empty' })
  @trimmed
  @ValidateIf(isGiven)
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
  @ValidateIf(isGiven)
  @Matches(/^[a-z]{2}([_-][A-Z]{2})?$/)
  locale?: string;
}
