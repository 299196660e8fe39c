import { Table, type MigrationInterface, type QueryRunner } from 'typeorm';
import { instant, text } from './columns.js';

const count = (name: string) => ({ name, type: 'integer' });

/** By which ids other systems know users, and how far imports have come. */
export class Imports1763640001010 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.createTable(
      new Table({
        name: 'user_foreign_ids',
        columns: [
          { ...text('source', 64), isPrimary: true },
          { ...text('foreign_id', 255), isPrimary: true },
          text('user_id', 36),
        ],
        indices: [{ name: 'user_foreign_ids_user', columnNames: ['user_id', 'source'], isUnique: true }],
        foreignKeys: [
          {
            name: 'user_foreign_ids_user_fk',
            columnNames: ['user_id'],
            referencedTableName: 'users',
            referencedColumnNames: ['id'],
            onDelete: 'CASCADE',
          },
        ],
      }),
    );
    await runner.createTable(
      new Table({
        name: 'user_imports',
        columns: [
          { ...text('digest', 64), isPrimary: true },
          count('next_row'),
          count('created'),
          count('already_there'),
          count('faulty'),
          instant('started_at'),
          instant('updated_at'),
          instant('finished_at', true),
        ],
        indices: [{ name: 'user_imports_end', columnNames: ['updated_at'] }],
      }),
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('user_imports');
    await runner.dropTable('user_foreign_ids');
  }
}
