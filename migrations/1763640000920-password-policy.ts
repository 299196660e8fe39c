import { Table, type MigrationInterface, type QueryRunner } from 'typeorm';
import { instant } from './columns.js';

/** The password policy as an administrator has edited it; its one row is there from the start. */
export class PasswordPolicy1763640000920 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.createTable(
      new Table({
        name: 'password_policy',
        columns: [
          { name: 'id', type: 'integer', isPrimary: true },
          { name: 'rules', type: 'text', isNullable: true },
          instant('updated_at'),
        ],
      }),
    );
    await runner.query('INSERT INTO password_policy (id, rules, updated_at) VALUES (1, NULL, 0)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('password_policy');
  }
}
