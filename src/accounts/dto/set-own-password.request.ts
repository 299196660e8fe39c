import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsNotEmpty, IsOptional, IsString } from 'class-validator';

/** Body of `PUT /v1/me/password`. */
export class SetOwnPasswordRequest {
  @ApiPropertyOptional({
    type: String,
    nullable: true,
    format: 'password',
    description: 'Exactly as it was set; who has a password shows it, and nobody else is asked for one',
  })
  @IsOptional()
  @IsString()
  currentPassword?: string | null;

  @ApiProperty({
    format: 'password',
    description: 'The new one; `GET /v1/password-policy` tells what is asked of it',
  })
  @IsString()
  @IsNotEmpty()
  password: string;
}
