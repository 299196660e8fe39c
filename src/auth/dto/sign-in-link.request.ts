import { ApiProperty } from '@nestjs/swagger';
import { IsString, MaxLength } from 'class-validator';

/** Body of `POST /v1/sign-in-links`. */
export class SignInLinkRequest {
  @ApiProperty({
    format: 'email',
    maxLength: 320,
    description: 'Where the link is mailed to, if somebody has the address',
  })
  @IsString()
  @MaxLength(320)
  email: string;
}
