import { Table, type MigrationInterface, type QueryRunner } from 'typeorm';
import { instant, text } from './columns.js';

/** What is counted by the hour. */
export class Figures1763640001020 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.createTable(
      new Table({
        name: 'figures',
        columns: [
          { ...instant('hour'), isPrimary: true },
          { ...text('name', 32), isPrimary: true },
          instant('n'),
        ],
      }),
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('figures');
  }
}
