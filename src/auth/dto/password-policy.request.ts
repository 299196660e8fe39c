import { ApiPropertyOptional } from '@nestjs/swagger';
import {
  IsBoolean,
  IsInt,
  IsString,
  Matches,
  Max,
  MaxLength,
  Min,
  Validate,
  ValidatorConstraint,
  type ValidatorConstraintInterface,
} from 'class-validator';
import { MayBeLeftOut } from '../../http/validation.js';
import { LARGEST_MINIMUM, LONGEST_EXPIRY_DAYS, MOST_SPECIAL } from '../../password-policy/policy-faults.js';

const minimum = (least: number) => ({ type: 'integer', minimum: least, maximum: LARGEST_MINIMUM }) as const;

@ValidatorConstraint({ name: 'isWithoutRepeats' })
class IsWithoutRepeats implements ValidatorConstraintInterface {
  validate(value: unknown): boolean {
    return typeof value === 'string' && new Set(value).size === [...value].length;
  }
}

/** Body of `PATCH /v1/password-policy`; what is left out stays. */
export class EditPasswordPolicyRequest {
  @ApiPropertyOptional({ ...minimum(1), description: 'The fewest characters' })
  @MayBeLeftOut()
  @IsInt()
  @Min(1)
  @Max(LARGEST_MINIMUM)
  minLength?: number;

  @ApiPropertyOptional({ ...minimum(0), description: 'The fewest digits' })
  @MayBeLeftOut()
  @IsInt()
  @Min(0)
  @Max(LARGEST_MINIMUM)
  minDigits?: number;

  @ApiPropertyOptional({ ...minimum(0), description: 'The fewest lower-case letters' })
  @MayBeLeftOut()
  @IsInt()
  @Min(0)
  @Max(LARGEST_MINIMUM)
  minLower?: number;

  @ApiPropertyOptional({ ...minimum(0), description: 'The fewest upper-case letters' })
  @MayBeLeftOut()
  @IsInt()
  @Min(0)
  @Max(LARGEST_MINIMUM)
  minUpper?: number;

  @ApiPropertyOptional({
    ...minimum(0),
    description: 'The fewest special characters; the four kinds ask for 128 together at most',
  })
  @MayBeLeftOut()
  @IsInt()
  @Min(0)
  @Max(LARGEST_MINIMUM)
  minSpecial?: number;

  @ApiPropertyOptional({
    maxLength: MOST_SPECIAL,
    description: 'The characters that count as special, each once; none only where none is asked for',
  })
  @MayBeLeftOut()
  @IsString()
  @MaxLength(MOST_SPECIAL)
  @Matches(/^\P{C}*$/u)
  @Validate(IsWithoutRepeats)
  specialCharacters?: string;

  @ApiPropertyOptional({ description: 'Whether common passwords and one’s own names are refused' })
  @MayBeLeftOut()
  @IsBoolean()
  refuseCommon?: boolean;

  @ApiPropertyOptional({
    type: 'integer',
    minimum: 0,
    maximum: LONGEST_EXPIRY_DAYS,
    description: 'After how many days a password must be replaced; 0 is never',
  })
  @MayBeLeftOut()
  @IsInt()
  @Min(0)
  @Max(LONGEST_EXPIRY_DAYS)
  expiresAfterDays?: number;

  @ApiPropertyOptional({ description: 'Whether a changed password may be the one before' })
  @MayBeLeftOut()
  @IsBoolean()
  allowsReuse?: boolean;
}
