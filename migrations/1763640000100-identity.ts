import { Table, type MigrationInterface, type QueryRunner } from 'typeorm';
import { id, instant, text } from './columns.js';

/** Users, their identifiers in one name space, their personal accounts, and what manifests declared. */
export class Identity1763640000100 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    const isPostgres = runner.dataSource.options.type === 'postgres';
    await runner.createTable(
      new Table({
        name: 'users',
        columns: [
          id,
          text('type', 8),
          text('level', 16),
          text('state', 8),
          text('email', 254, true),
          text('username', 254, true),
          text('phone', 32, true),
          text('card', 64, true),
          text('first_name', 150),
          text('last_name', 150),
          text('locale', 8, true),
          instant('email_confirmed_at', true),
          text('password_hash', 512, true),
          instant('password_changed_at', true),
          { name: 'grant_epoch', type: 'integer' },
          { name: 'unsubscribed_from_all', type: 'boolean' },
          { name: 'unsubscribed_from', type: 'text' },
          { name: 'roles', type: 'text' },
          { name: 'networks', type: 'text' },
          instant('created_at'),
          instant('updated_at'),
        ],
        indices: [
          { name: 'users_email', columnNames: ['email'] },
          { name: 'users_level', columnNames: ['level'] },
          { name: 'users_state', columnNames: ['state', 'id'] },
        ],
      }),
    );
    await runner.createTable(
      new Table({
        name: 'user_identifiers',
        columns: [
          // Compared byte by byte, so that a prefix search is a range on the primary key.
          { ...text('value', 320), isPrimary: true, ...(isPostgres ? { collation: 'C' } : {}) },
          text('kind', 8),
          text('user_id', 36),
        ],
        indices: [{ name: 'user_identifiers_user', columnNames: ['user_id'] }],
        foreignKeys: [
          {
            name: 'user_identifiers_user_fk',
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
        name: 'accounts',
        columns: [
          {
            name: 'id',
            type: 'integer',
            isPrimary: true,
            isGenerated: true,
            generationStrategy: 'increment',
          },
          text('owner_id', 36),
          text('name', 150),
          instant('created_at'),
          instant('updated_at'),
        ],
        indices: [{ name: 'accounts_owner', columnNames: ['owner_id'], isUnique: true }],
        foreignKeys: [
          {
            name: 'accounts_owner_fk',
            columnNames: ['owner_id'],
            referencedTableName: 'users',
            referencedColumnNames: ['id'],
            onDelete: 'CASCADE',
          },
        ],
      }),
    );
    await runner.createTable(
      new Table({
        name: 'declarations',
        columns: [
          { ...text('kind', 32), isPrimary: true },
          { ...text('name', 254), isPrimary: true },
          text('subject_id', 36),
          { name: 'applied', type: 'text' },
          instant('applied_at'),
        ],
      }),
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of ['declarations', 'accounts', 'user_identifiers', 'users'])
      await runner.dropTable(table);
  }
}
