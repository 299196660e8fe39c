import { ApiProperty } from '@nestjs/swagger';
import { IsNotEmpty, IsString } from 'class-validator';

/** Body of 003 "Obtain an access token". */
export class LoginCheckRequest {
  @ApiProperty({
    description: 'User name, e-mail address, loyalty card or phone number, as the kind of user has',
  })
  @IsString()
  @IsNotEmpty()
  _username: string;

  @ApiProperty({ description: 'Password, exactly as it is typed' })
  @IsString()
  @IsNotEmpty()
  _password: string;
}

/** Body of `POST /api/token/refresh`. */
export class RefreshRequest {
  @ApiProperty({ description: '128 hex digits; used once' })
  @IsString()
  @IsNotEmpty()
  refresh_token: string;
}
