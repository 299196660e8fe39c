import { TableIndex, type MigrationInterface, type QueryRunner } from 'typeorm';

const OUTBOX_USER = new TableIndex({ name: 'outbox_user', columnNames: ['user_id'] });
const ADDED: readonly (readonly [string, TableIndex])[] = [
  ['outbox', new TableIndex({ name: 'outbox_user', columnNames: ['user_id', 'id'] })],
  ['outbox', new TableIndex({ name: 'outbox_recipient', columnNames: ['recipient', 'id'] })],
  ['collaborators', new TableIndex({ name: 'collaborators_email', columnNames: ['email', 'id'] })],
  ['api_keys', new TableIndex({ name: 'api_keys_maker', columnNames: ['created_by'] })],
  ['idempotency_keys', new TableIndex({ name: 'idempotency_keys_object', columnNames: ['object_id'] })],
];

/** What one person's data is found by, to be told and to be erased. */
export class PersonalData1763640001000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.dropIndex('outbox', OUTBOX_USER);
    for (const [table, index] of ADDED) await runner.createIndex(table, index);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const [table, index] of [...ADDED].reverse()) await runner.dropIndex(table, index);
    await runner.createIndex('outbox', OUTBOX_USER);
  }
}
