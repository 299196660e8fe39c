import { ApiProperty } from '@nestjs/swagger';
import type { PolicyInForce } from '../../password-policy/policy-in-force.js';
import { MAX_PASSWORD_CHARACTERS } from '../../password-policy/password-rules.js';

/** The rules that hold for every new password, at every door. */
export class PasswordPolicyView {
  @ApiProperty({ type: 'integer', description: 'The fewest characters' })
  minLength: number;

  @ApiProperty({ type: 'integer', description: 'The most characters; nobody edits it' })
  maxLength: number;

  @ApiProperty({ type: 'integer', description: 'The fewest digits' })
  minDigits: number;

  @ApiProperty({ type: 'integer', description: 'The fewest lower-case letters' })
  minLower: number;

  @ApiProperty({ type: 'integer', description: 'The fewest upper-case letters' })
  minUpper: number;

  @ApiProperty({ type: 'integer', description: 'The fewest special characters' })
  minSpecial: number;

  @ApiProperty({ description: 'Every character that counts as special' })
  specialCharacters: string;

  @ApiProperty({ description: 'Whether common passwords and one’s own names are refused' })
  refuseCommon: boolean;

  @ApiProperty({
    type: 'integer',
    description: 'After how many days a password must be replaced; 0 is never',
  })
  expiresAfterDays: number;

  @ApiProperty({ description: 'Whether a changed password may be the one before' })
  allowsReuse: boolean;
}

export function toPasswordPolicyView({ values }: PolicyInForce): PasswordPolicyView {
  return {
    minLength: values.minLength,
    maxLength: MAX_PASSWORD_CHARACTERS,
    minDigits: values.minDigits,
    minLower: values.minLower,
    minUpper: values.minUpper,
    minSpecial: values.minSpecial,
    specialCharacters: values.specialCharacters,
    refuseCommon: values.refuseCommon,
    expiresAfterDays: values.expiresAfterDays,
    allowsReuse: values.allowsReuse,
  };
}
