import { Table, type MigrationInterface, type QueryRunner } from 'typeorm';
import { instant, text } from './columns.js';

/** Images of accounts, and the files that hold them. */
export class Images1763640000700 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.createTable(
      new Table({
        name: 'media',
        columns: [
          { ...text('name', 80), isPrimary: true },
          { name: 'account_id', type: 'integer', isNullable: true },
          instant('created_at'),
        ],
        indices: [{ name: 'media_account', columnNames: ['account_id', 'created_at'] }],
        foreignKeys: [
          {
            name: 'media_account_fk',
            columnNames: ['account_id'],
            referencedTableName: 'accounts',
            referencedColumnNames: ['id'],
            onDelete: 'SET NULL',
          },
        ],
      }),
    );
    // In plain SQL: TypeORM would write the whole table anew on SQLite.
    await runner.query('ALTER TABLE accounts ADD COLUMN avatar varchar(80)');
    await runner.query('ALTER TABLE accounts ADD COLUMN profile_cover varchar(80)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE accounts DROP COLUMN profile_cover');
    await runner.query('ALTER TABLE accounts DROP COLUMN avatar');
    await runner.dropTable('media');
  }
}
