import { ApiProperty } from '@nestjs/swagger';
import { IsString, MaxLength } from 'class-validator';

const LONGEST_ADDRESS = 254;

/** Body of `PUT /v1/me/email`. */
export class SetOwnEmailRequest {
  @ApiProperty({
    format: 'email',
    maxLength: LONGEST_ADDRESS,
    description: 'The address of one’s mails, an identifier to sign in with',
  })
  @IsString()
  @MaxLength(LONGEST_ADDRESS)
  email: string;
}

/** One's own address. */
export class OwnEmailView {
  @ApiProperty({ type: String, nullable: true, description: 'The one that counts now' })
  email: string | null;

  @ApiProperty({
    type: String,
    nullable: true,
    description: 'The one that takes its place once it is confirmed; null when none waits for that',
  })
  pendingEmail: string | null;
}
