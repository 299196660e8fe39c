import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsOptional, IsString, MaxLength } from 'class-validator';

/** Query of 001 "logout". */
export class LogoutQuery {
  @ApiPropertyOptional({
    description: 'SHA-256 of the JWT to revoke, 64 hex characters; the own one by default',
  })
  @IsOptional()
  @IsString()
  @MaxLength(1_024)
  sessionId?: string;
}

/** Query of 001 "token". */
export class TokenQuery {
  @ApiPropertyOptional({ description: 'Whose tokens; another user’s need systemAdmin' })
  @IsOptional()
  @IsString()
  @MaxLength(254)
  userName?: string;
}
