import { TableIndex, type MigrationInterface, type QueryRunner } from 'typeorm';

/** The mails of one state in order, for who looks at them. */
export class OutboxStates1763640000931 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.createIndex(
      'outbox',
      new TableIndex({ name: 'outbox_state', columnNames: ['state', 'id'] }),
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropIndex('outbox', 'outbox_state');
  }
}
