import { ApiProperty } from '@nestjs/swagger';

/** The "user body" of 004: register, login. */
export class UserBody {
  @ApiProperty({ format: 'uuid' })
  uid: string;
  @ApiProperty()
  email: string;
  @ApiProperty({ description: 'Address of the account' })
  url: string;
  @ApiProperty({
    type: String,
    nullable: true,
    description: '40 hex characters; null while the address awaits confirmation',
  })
  token: string | null;
  @ApiProperty()
  first_name: string;
  @ApiProperty()
  last_name: string;
  @ApiProperty({ enum: ['simpleuser', 'manager', 'admin', 'superuser'] })
  level: string;
  @ApiProperty({ description: 'False while a second factor is awaited' })
  is_verified: boolean;
  @ApiProperty({ type: [String] })
  groups: string[];
  @ApiProperty({ description: 'True for a user without a password here' })
  external_auth: boolean;
  @ApiProperty({ enum: ['', 'MFA_OTP', 'MFA_EMAIL'] })
  mfa_mode: string;
  @ApiProperty({ type: [String] })
  defaultdividers: string[];
}

/** The account body of 004: account/me, change-password. Times as `YYYY-MM-DDTHH:MM:SSZ`. */
export class AccountBody {
  @ApiProperty({ format: 'uuid' })
  uid: string;
  @ApiProperty()
  email: string;
  @ApiProperty()
  first_name: string;
  @ApiProperty()
  last_name: string;
  @ApiProperty({ format: 'date-time' })
  modification_date: string;
  @ApiProperty({ format: 'date-time' })
  creation_date: string;
  @ApiProperty()
  public: boolean;
  @ApiProperty({ description: 'Address of the user' })
  url: string;
  @ApiProperty()
  verbose_name: string;
  @ApiProperty({ type: [String] })
  defaultdividers: string[];
  @ApiProperty({ enum: ['simpleuser', 'manager', 'admin', 'superuser'] })
  level: string;
  @ApiProperty()
  unsubscribe_notification_url: string;
  @ApiProperty()
  unsubscribe_all: boolean;
  @ApiProperty({ type: [String] })
  unsubscribe_to: string[];
  @ApiProperty()
  external_auth: boolean;
}

/** The account body with the token that replaces the ended sessions. */
export class ChangedPasswordBody extends AccountBody {
  @ApiProperty()
  token: string;
}
