import { Table, type MigrationInterface, type QueryRunner } from 'typeorm';
import { id, instant, text } from './columns.js';

/** The second factor: authenticator apps, recovery codes, and sign-ins that wait for either. */
export class Factors1763640000810 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    const ofUser = (name: string) => ({
      name,
      columnNames: ['user_id'],
      referencedTableName: 'users',
      referencedColumnNames: ['id'],
      onDelete: 'CASCADE',
    });
    await runner.createTable(
      new Table({
        name: 'totp_factors',
        columns: [
          { ...text('user_id', 36), isPrimary: true },
          { name: 'secret', type: 'text' },
          instant('created_at'),
          instant('confirmed_at', true),
          { name: 'last_step', type: 'bigint' },
          { name: 'attempts', type: 'integer' },
          instant('attempted_at'),
          instant('locked_until'),
        ],
        foreignKeys: [ofUser('totp_factors_user_fk')],
      }),
    );
    await runner.createTable(
      new Table({
        name: 'recovery_codes',
        columns: [
          id,
          text('user_id', 36),
          text('digest', 64),
          instant('created_at'),
          instant('used_at', true),
        ],
        indices: [{ name: 'recovery_codes_user', columnNames: ['user_id', 'digest'], isUnique: true }],
        foreignKeys: [ofUser('recovery_codes_user_fk')],
      }),
    );
    // In plain SQL: TypeORM would write the whole table anew on SQLite.
    await runner.query('ALTER TABLE grants ADD COLUMN attempts integer');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE grants DROP COLUMN attempts');
    await runner.dropTable('recovery_codes');
    await runner.dropTable('totp_factors');
  }
}
