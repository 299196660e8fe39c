import { Table, type MigrationInterface, type QueryRunner } from 'typeorm';
import { id, instant, text } from './columns.js';

/** The outbox, written in the transaction that causes a mail, and how often each address was written to. */
export class Mail1763640000300 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.createTable(
      new Table({
        name: 'outbox',
        columns: [
          id,
          text('kind', 48),
          text('recipient', 254),
          text('user_id', 36, true),
          text('state', 8),
          { name: 'content', type: 'text', isNullable: true },
          { name: 'attempts', type: 'integer' },
          instant('created_at'),
          instant('next_attempt_at'),
          instant('leased_until', true),
          text('lease_holder', 36, true),
          instant('sent_at', true),
          text('last_error', 300, true),
        ],
        indices: [
          { name: 'outbox_due', columnNames: ['state', 'next_attempt_at'] },
          { name: 'outbox_sent', columnNames: ['sent_at'] },
          { name: 'outbox_user', columnNames: ['user_id'] },
        ],
      }),
    );
    await runner.createTable(
      new Table({
        name: 'mail_quota',
        columns: [
          { ...text('key', 300), isPrimary: true },
          instant('last_at'),
          instant('second_last_at', true),
          instant('third_last_at', true),
          instant('fourth_last_at', true),
          instant('fifth_last_at', true),
        ],
        indices: [{ name: 'mail_quota_last', columnNames: ['last_at'] }],
      }),
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('mail_quota');
    await runner.dropTable('outbox');
  }
}
