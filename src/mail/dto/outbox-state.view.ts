import { ApiProperty } from '@nestjs/swagger';
import { COUNTED, type OutboxState } from '../outbox-list.repository.js';

/** What is in the outbox now. */
export class OutboxStateView {
  @ApiProperty({
    type: 'integer',
    maximum: COUNTED,
    description: 'Mails that wait; 1000 stands for that many and more',
  })
  waiting: number;

  @ApiProperty({
    type: 'integer',
    maximum: COUNTED,
    description: 'Mails that were given up in the last 30 days; 1000 stands for that many and more',
  })
  dead: number;

  @ApiProperty({
    type: String,
    format: 'date-time',
    nullable: true,
    description: 'When the oldest of those that wait was written; null where none does',
  })
  oldestAt: string | null;
}

export function toOutboxStateView({ oldestAt, ...counts }: OutboxState): OutboxStateView {
  return { ...counts, oldestAt: oldestAt === null ? null : new Date(oldestAt).toISOString() };
}
