import { ApiProperty } from '@nestjs/swagger';

/** The "user body" of 004: register, login. */
export class UserBody {
  @ApiProperty({ format: 'uuid', description: 'The user’s id' })
  uid: string;
  @ApiProperty({ description: 'E-mail address; empty without one' })
  email: string;
  @ApiProperty({ description: 'Address of the account' })
  url: string;
  @ApiProperty({
    type: String,
    nullable: true,
    description: '40 hex characters; null while the address awaits confirmation',
  })
  token: string | null;
  @ApiProperty({ description: 'First name' })
  first_name: string;
  @ApiProperty({ description: 'Last name' })
  last_name: string;
  @ApiProperty({
    enum: ['simpleuser', 'manager', 'admin', 'superuser'],
    description: 'His place on the ladder',
  })
  level: string;
  @ApiProperty({ description: 'False while a second factor is awaited' })
  is_verified: boolean;
  @ApiProperty({ type: [String], description: 'Always empty' })
  groups: string[];
  @ApiProperty({ description: 'True for a user without a password here' })
  external_auth: boolean;
  @ApiProperty({
    enum: ['', 'MFA_OTP', 'MFA_EMAIL'],
    description: 'Which second factor is awaited; empty where none is',
  })
  mfa_mode: string;
  @ApiProperty({ type: [String], description: 'Always empty' })
  defaultdividers: string[];
}

/** The account body of 004: account/me, change-password. Times as `YYYY-MM-DDTHH:MM:SSZ`. */
export class AccountBody {
  @ApiProperty({ format: 'uuid', description: 'The user’s id' })
  uid: string;
  @ApiProperty({ description: 'E-mail address; empty without one' })
  email: string;
  @ApiProperty({ description: 'First name' })
  first_name: string;
  @ApiProperty({ description: 'Last name' })
  last_name: string;
  @ApiProperty({ format: 'date-time', description: 'When he was last changed' })
  modification_date: string;
  @ApiProperty({ format: 'date-time', description: 'When he was made' })
  creation_date: string;
  @ApiProperty({ description: 'Always true' })
  public: boolean;
  @ApiProperty({ description: 'Address of the user' })
  url: string;
  @ApiProperty({ description: 'His e-mail address, else his name' })
  verbose_name: string;
  @ApiProperty({ type: [String], description: 'Always empty' })
  defaultdividers: string[];
  @ApiProperty({
    enum: ['simpleuser', 'manager', 'admin', 'superuser'],
    description: 'His place on the ladder',
  })
  level: string;
  @ApiProperty({ description: 'Address of the page that stops his mails' })
  unsubscribe_notification_url: string;
  @ApiProperty({ description: 'Whether he is mailed nothing but what must be' })
  unsubscribe_all: boolean;
  @ApiProperty({ type: [String], description: 'Kinds of mail that he does not want' })
  unsubscribe_to: string[];
  @ApiProperty({ description: 'True for a user without a password here' })
  external_auth: boolean;
}

/** The account body with the token that replaces the ended sessions. */
export class ChangedPasswordBody extends AccountBody {
  @ApiProperty({ description: 'The token that takes the place of the ended ones' })
  token: string;
}
