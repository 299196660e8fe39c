import { TableIndex, type MigrationInterface, type QueryRunner } from 'typeorm';

const BEFORE = new TableIndex({ name: 'outbox_user', columnNames: ['user_id'] });
const USER = new TableIndex({ name: 'outbox_user', columnNames: ['user_id', 'id'] });
const RECIPIENT = new TableIndex({ name: 'outbox_recipient', columnNames: ['recipient', 'id'] });

/** One person's mails are found in order, by whose they are and by where they go. */
export class PersonalMails1763640001000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.dropIndex('outbox', BEFORE);
    await runner.createIndices('outbox', [USER, RECIPIENT]);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropIndices('outbox', [RECIPIENT, USER]);
    await runner.createIndex('outbox', BEFORE);
  }
}
