import { ApiProperty } from '@nestjs/swagger';
import type { Series } from '../read-figures.service.js';

/** What happened in an hour, or in a day. */
export class FiguresItemView {
  @ApiProperty({ format: 'date-time', description: 'When the hour, or the day (UTC), began' })
  at: string;

  @ApiProperty({ type: 'integer', description: 'Sessions that were opened, at any door' })
  signIns: number;

  @ApiProperty({
    type: 'integer',
    description: 'Sign-ins refused for a wrong name, password, code or passkey, or for too many of them',
  })
  failedSignIns: number;

  @ApiProperty({ type: 'integer', description: 'Users that were made, by themselves or by somebody' })
  registrations: number;

  @ApiProperty({
    type: 'integer',
    description: 'Sessions that were opened or used in the hour; of a day those of its busiest hour',
  })
  sessions: number;

  @ApiProperty({ type: 'integer', description: 'Mails that a server took' })
  mailsSent: number;

  @ApiProperty({ type: 'integer', description: 'Attempts to send a mail that failed' })
  mailsFailed: number;

  @ApiProperty({ type: 'integer', description: 'Mails that were given up' })
  mailsDead: number;
}

/** Figures in steps of equal length, oldest first. */
export class FiguresView {
  @ApiProperty({ enum: ['hour', 'day'], description: 'The length of a step' })
  step: 'hour' | 'day';

  @ApiProperty({ type: [FiguresItemView], description: 'One for each step of the period, oldest first' })
  items: FiguresItemView[];
}

export function toFiguresView({ step, items }: Series): FiguresView {
  return { step, items: items.map((item) => ({ ...item, at: new Date(item.at).toISOString() })) };
}
