import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsBoolean, IsNotEmpty, IsOptional, IsString, Matches, MaxLength } from 'class-validator';

const LONGEST_IDENTIFIER = 254;
const LONGEST_PASSWORD = 1_024;

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

  @ApiPropertyOptional({ description: 'The code of a second factor; means nothing for a user without one' })
  @IsOptional()
  @Matches(/^[0-9A-Za-z -]{6,64}$/)
  otp?: string;

  @ApiPropertyOptional({ default: false, description: 'Whether the cookie outlives the browser' })
  @IsOptional()
  @IsBoolean()
  remember?: boolean;
}

/** Body of `POST /v1/sessions/current/confirm`. */
export class ConfirmSessionRequest {
  @ApiProperty({ format: 'password' })
  @IsString()
  @IsNotEmpty()
  @MaxLength(LONGEST_PASSWORD)
  password: string;
}
