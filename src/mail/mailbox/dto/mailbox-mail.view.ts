import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsOptional, IsString, MaxLength } from 'class-validator';
import { LimitQuery } from '../../../http/paging/page.query.js';
import { PageView } from '../../../http/paging/page.view.js';
import type { MailboxMail } from '../mailbox.service.js';

/** Query of `GET /v1/mailbox`. */
export class ListMailboxQuery extends LimitQuery {
  @ApiPropertyOptional({ maxLength: 128, description: '`nextCursor` of the page before' })
  @IsOptional()
  @IsString()
  @MaxLength(128)
  cursor?: string;
}

/** A mail as it lies in the folder. */
export class MailboxMailView {
  @ApiProperty({ description: 'The name of the file that it is' })
  name: string;

  @ApiProperty({ format: 'email', description: 'To whom it goes' })
  to: string;

  @ApiProperty({ description: 'Its subject' })
  subject: string;

  @ApiProperty({
    type: String,
    format: 'date-time',
    nullable: true,
    description: 'When it was written; null where the mail does not tell',
  })
  date: string | null;

  @ApiProperty({ description: 'What it says, with its links' })
  text: string;
}

/** One page of the development mailbox. */
export class MailboxPageView extends PageView {
  @ApiProperty({ type: [MailboxMailView], description: 'Newest first' })
  items: MailboxMailView[];
}

export function toMailboxMailView(mail: MailboxMail): MailboxMailView {
  return { ...mail, date: mail.date === null ? null : new Date(mail.date).toISOString() };
}
