import { Table, type MigrationInterface, type QueryRunner } from 'typeorm';
import { instant, text } from './columns.js';

/** From where users have signed in before. */
export class KnownBrowsers1763640000910 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.createTable(
      new Table({
        name: 'known_browsers',
        columns: [
          { ...text('user_id', 36), isPrimary: true },
          { ...text('digest', 64), isPrimary: true },
          instant('first_seen_at'),
          instant('last_seen_at', true),
        ],
        indices: [{ name: 'known_browsers_last', columnNames: ['last_seen_at'] }],
        foreignKeys: [
          {
            name: 'known_browsers_user_fk',
            columnNames: ['user_id'],
            referencedTableName: 'users',
            referencedColumnNames: ['id'],
            onDelete: 'CASCADE',
          },
        ],
      }),
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('known_browsers');
  }
}
