import { ApiProperty } from '@nestjs/swagger';
import { IsNotEmpty, IsString, MaxLength } from 'class-validator';

/** Query of `GET /api/customer/check`. */
export class CheckQuery {
  @ApiProperty({ description: 'Exactly, in any case' })
  @IsString()
  @IsNotEmpty()
  @MaxLength(254)
  emailOrPhone: string;
}
