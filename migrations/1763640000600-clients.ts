import { Table, type MigrationInterface, type QueryRunner } from 'typeorm';
import { id, instant, text } from './columns.js';

/** OAuth clients with their secrets, artist and venue profiles, and what documents 000 and 002 tell of a user. */
export class Clients1763640000600 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.createTable(
      new Table({
        name: 'clients',
        columns: [
          { ...text('id', 128), isPrimary: true },
          text('state', 8),
          { name: 'grants', type: 'text' },
          { name: 'scopes', type: 'text' },
          { name: 'grant_epoch', type: 'integer' },
          instant('created_at'),
          instant('updated_at'),
        ],
      }),
    );
    await runner.createTable(
      new Table({
        name: 'client_secrets',
        columns: [id, text('client_id', 128), text('digest', 64), instant('created_at')],
        indices: [{ name: 'client_secrets_client', columnNames: ['client_id'] }],
        foreignKeys: [
          {
            name: 'client_secrets_client_fk',
            columnNames: ['client_id'],
            referencedTableName: 'clients',
            referencedColumnNames: ['id'],
            onDelete: 'CASCADE',
          },
        ],
      }),
    );
    await runner.createTable(
      new Table({
        name: 'profiles',
        columns: [
          id,
          text('kind', 8),
          text('owner_id', 36),
          text('name', 150),
          { name: 'details', type: 'text' },
          instant('created_at'),
          instant('updated_at'),
        ],
        indices: [{ name: 'profiles_owner', columnNames: ['owner_id', 'id'] }],
        foreignKeys: [
          {
            name: 'profiles_owner_fk',
            columnNames: ['owner_id'],
            referencedTableName: 'users',
            referencedColumnNames: ['id'],
            onDelete: 'CASCADE',
          },
        ],
      }),
    );
    // In plain SQL: TypeORM would write the whole table anew on SQLite.
    await runner.query('ALTER TABLE grants ADD COLUMN client_epoch integer');
    await runner.query('ALTER TABLE users ADD COLUMN address varchar(500)');
    await runner.query('ALTER TABLE users ADD COLUMN zip_code varchar(32)');
    await runner.query('ALTER TABLE users ADD COLUMN accepted_terms_at bigint');
    await runner.query('ALTER TABLE accounts ADD COLUMN display_name varchar(100)');
    await runner.query('ALTER TABLE accounts ADD COLUMN description varchar(1000)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE accounts DROP COLUMN description');
    await runner.query('ALTER TABLE accounts DROP COLUMN display_name');
    for (const column of ['accepted_terms_at', 'zip_code', 'address']) {
      await runner.query(`ALTER TABLE users DROP COLUMN ${column}`);
    }
    await runner.query('ALTER TABLE grants DROP COLUMN client_epoch');
    await runner.dropTable('profiles');
    await runner.dropTable('client_secrets');
    await runner.dropTable('clients');
  }
}
