import { TableIndex, type MigrationInterface, type QueryRunner } from 'typeorm';

const INDICES: readonly (readonly [string, TableIndex])[] = [
  ['collaborators', new TableIndex({ name: 'collaborators_email', columnNames: ['email', 'id'] })],
  ['api_keys', new TableIndex({ name: 'api_keys_maker', columnNames: ['created_by'] })],
  ['idempotency_keys', new TableIndex({ name: 'idempotency_keys_object', columnNames: ['object_id'] })],
];

/** What else of one person is found by, to be told and to be erased. */
export class PersonalData1763640001001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const [table, index] of INDICES) await runner.createIndex(table, index);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const [table, index] of [...INDICES].reverse()) await runner.dropIndex(table, index);
  }
}
