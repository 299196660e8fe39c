import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  IsBoolean,
  IsNotEmpty,
  IsObject,
  IsOptional,
  IsString,
  Matches,
  MaxLength,
  ValidateIf,
  ValidateNested,
} from 'class-validator';
import type { Confirmation } from '../confirm-session.service.js';
import { ShownOwnPasskey } from './passkey.request.js';

const LONGEST_IDENTIFIER = 254;
const LONGEST_PASSWORD = 1_024;
const FACTOR_CODE = /^[0-9A-Za-z -]{6,64}$/;

/** Body of `POST /v1/sessions`. */
export class OpenSessionRequest {
  @ApiProperty({ description: 'User name, e-mail address, phone number or card number' })
  @IsString()
  @IsNotEmpty()
  @MaxLength(LONGEST_IDENTIFIER)
  identifier: string;

  @ApiProperty({ format: 'password', description: 'Exactly as it was set' })
  @IsString()
  @IsNotEmpty()
  @MaxLength(LONGEST_PASSWORD)
  password: string;

  @ApiPropertyOptional({
    description:
      'A code of the second factor, a recovery code, or the code that was mailed for the sign-in that waits in this browser; means nothing for a user without one',
  })
  @IsOptional()
  @Matches(FACTOR_CODE)
  otp?: string;

  @ApiPropertyOptional({ default: false, description: 'Whether the cookie outlives the browser' })
  @IsOptional()
  @IsBoolean()
  remember?: boolean;

  @ApiPropertyOptional({
    default: false,
    description: 'Whether this browser is asked for no second factor for 30 days, once one was shown',
  })
  @IsOptional()
  @IsBoolean()
  trustDevice?: boolean;
}

/** Body of `POST /v1/sessions/current/confirm`: one of the three. */
export class ConfirmSessionRequest {
  @ApiPropertyOptional({ format: 'password', description: 'Exactly as it was set' })
  @ValidateIf(({ otp, passkey }: ConfirmSessionRequest) => (otp ?? passkey ?? null) === null)
  @IsString()
  @IsNotEmpty()
  @MaxLength(LONGEST_PASSWORD)
  password?: string;

  @ApiPropertyOptional({ description: 'A code of the second factor, in the place of the password' })
  @IsOptional()
  @Matches(FACTOR_CODE)
  otp?: string;

  @ApiPropertyOptional({
    type: ShownOwnPasskey,
    description: 'What the browser answered to the options, in the place of the password',
  })
  @IsOptional()
  @IsObject()
  @ValidateNested()
  @Type(() => ShownOwnPasskey)
  passkey?: ShownOwnPasskey;
}

/** What was given; the validation has seen to it that something was. */
export function toConfirmation({ password = '', otp, passkey }: ConfirmSessionRequest): Confirmation {
  if (passkey) return { passkey };
  return typeof otp === 'string' ? { otp } : { password };
}
