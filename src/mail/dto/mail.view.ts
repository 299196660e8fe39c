import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsOptional } from 'class-validator';
import { PageQuery } from '../../http/paging/page.query.js';
import { PageView } from '../../http/paging/page.view.js';
import { MAIL_STATES, type ListedMail, type MailState } from '../outbox-list.repository.js';

/** Query of `GET /v1/outbox`. */
export class ListOutboxQuery extends PageQuery {
  @ApiPropertyOptional({ enum: MAIL_STATES, enumName: 'MailState', description: 'Mails in this state only' })
  @IsOptional()
  @IsIn(MAIL_STATES)
  state?: MailState;
}

/** A mail of the outbox, without its words. */
export class MailView {
  @ApiProperty({ format: 'uuid', description: 'The mail’s id' })
  id: string;

  @ApiProperty({ example: 'reset-password', description: 'What it is about' })
  kind: string;

  @ApiProperty({
    description: 'To whom it goes; empty once he was told that everything of him is erased',
  })
  recipient: string;

  @ApiProperty({
    type: String,
    format: 'uuid',
    nullable: true,
    description: 'Whose it is; null for nobody with a user here',
  })
  userId: string | null;

  @ApiProperty({
    enum: MAIL_STATES,
    enumName: 'MailState',
    description:
      '`pending` until a server has taken it, then `sent`; `dead` when 24 hours of attempts failed',
  })
  state: MailState;

  @ApiProperty({ type: 'integer', description: 'How many attempts failed' })
  attempts: number;

  @ApiProperty({ format: 'date-time', description: 'When it was written' })
  createdAt: string;

  @ApiProperty({
    type: String,
    format: 'date-time',
    nullable: true,
    description: 'When it is tried next; null unless it is pending',
  })
  nextAttemptAt: string | null;

  @ApiProperty({ type: String, format: 'date-time', nullable: true, description: 'When a server took it' })
  sentAt: string | null;

  @ApiProperty({
    type: String,
    nullable: true,
    example: 'EENVELOPE 550',
    description: 'Codes of the last attempt that failed',
  })
  lastError: string | null;
}

/** One page of the outbox. */
export class MailPageView extends PageView {
  @ApiProperty({ type: [MailView], description: 'Newest first' })
  items: MailView[];
}

const instant = (time: number | null) => (time === null ? null : new Date(time).toISOString());

export function toMailView(mail: ListedMail): MailView {
  return {
    ...mail,
    createdAt: new Date(mail.createdAt).toISOString(),
    nextAttemptAt: instant(mail.state === 'pending' ? mail.nextAttemptAt : null),
    sentAt: instant(mail.sentAt),
  };
}
