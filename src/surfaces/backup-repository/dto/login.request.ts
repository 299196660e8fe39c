import { ApiProperty } from '@nestjs/swagger';
import { IsNotEmpty, IsString } from 'class-validator';

/** Body of 001 "login". */
export class BackupRepositoryLoginRequest {
  @ApiProperty({ description: 'User name, or any other identifier of the user' })
  @IsString()
  @IsNotEmpty()
  username: string;

  @ApiProperty({ description: 'Password, exactly as it is typed' })
  @IsString()
  @IsNotEmpty()
  password: string;
}
