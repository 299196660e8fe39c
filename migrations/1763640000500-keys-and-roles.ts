import { Table, TableIndex, type MigrationInterface, type QueryRunner } from 'typeorm';
import { id, instant, text } from './columns.js';

const TYPE_INDEX = new TableIndex({ name: 'users_type', columnNames: ['type', 'id'] });
const ROLE_INDEX = new TableIndex({ name: 'users_role', columnNames: ['role_id'] });

/** Permanent keys, free roles of administrators, and grants that are narrower than their users. */
export class KeysAndRoles1763640000500 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.createTable(
      new Table({
        name: 'roles',
        columns: [
          id,
          text('name', 150),
          { name: 'permissions', type: 'text' },
          instant('created_at'),
          instant('updated_at'),
        ],
        indices: [{ name: 'roles_name', columnNames: ['name'], isUnique: true }],
      }),
    );
    // In plain SQL: TypeORM would write the whole table anew on SQLite.
    await runner.query('ALTER TABLE users ADD COLUMN role_id varchar(36)');
    await runner.createIndices('users', [TYPE_INDEX, ROLE_INDEX]);
    await runner.query('ALTER TABLE grants ADD COLUMN level varchar(16)');
    await runner.query('ALTER TABLE grants ADD COLUMN networks text');
    await runner.query('ALTER TABLE grants ADD COLUMN permissions text');
    await runner.createTable(
      new Table({
        name: 'api_keys',
        columns: [
          { ...text('grant_id', 36), isPrimary: true },
          text('name', 150),
          text('hint', 8),
          text('created_by', 36, true),
        ],
        foreignKeys: [
          {
            name: 'api_keys_grant_fk',
            columnNames: ['grant_id'],
            referencedTableName: 'grants',
            referencedColumnNames: ['id'],
            onDelete: 'CASCADE',
          },
        ],
      }),
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('api_keys');
    await runner.query('ALTER TABLE grants DROP COLUMN permissions');
    await runner.query('ALTER TABLE grants DROP COLUMN networks');
    await runner.query('ALTER TABLE grants DROP COLUMN level');
    await runner.dropIndices('users', [TYPE_INDEX, ROLE_INDEX]);
    await runner.query('ALTER TABLE users DROP COLUMN role_id');
    await runner.dropTable('roles');
  }
}
