import { Table, TableIndex, type MigrationInterface, type QueryRunner } from 'typeorm';
import { instant, text } from './columns.js';

/** What the native API looks things up by. */
export class NativeApi1763640000930 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.createTable(
      new Table({
        name: 'idempotency_keys',
        columns: [
          { ...text('digest', 64), isPrimary: true },
          text('request_mac', 64),
          text('object_id', 128),
          instant('created_at'),
        ],
        indices: [{ name: 'idempotency_keys_created', columnNames: ['created_at'] }],
      }),
    );
    await runner.createIndex(
      'users',
      new TableIndex({ name: 'users_directory', columnNames: ['type', 'level', 'state', 'id'] }),
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropIndex('users', 'users_directory');
    await runner.dropTable('idempotency_keys');
  }
}
