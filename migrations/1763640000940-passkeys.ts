import { Table, type MigrationInterface, type QueryRunner } from 'typeorm';
import { id, instant, text } from './columns.js';

/** Passkeys, and the challenges that wait for one to be shown. */
export class Passkeys1763640000940 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.createTable(
      new Table({
        name: 'passkeys',
        columns: [
          id,
          text('user_id', 36),
          text('credential_id', 1_364),
          { name: 'public_key', type: 'text' },
          instant('counter'),
          { name: 'transports', type: 'text' },
          text('name', 100),
          { name: 'backed_up', type: 'boolean' },
          instant('created_at'),
          instant('last_used_at', true),
        ],
        indices: [
          { name: 'passkeys_user', columnNames: ['user_id', 'id'] },
          { name: 'passkeys_credential', columnNames: ['credential_id'], isUnique: true },
        ],
        foreignKeys: [
          {
            name: 'passkeys_user_fk',
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
        name: 'passkey_challenges',
        columns: [
          { ...text('digest', 64), isPrimary: true },
          text('purpose', 16),
          text('holder_digest', 64),
          instant('expires_at'),
        ],
        indices: [{ name: 'passkey_challenges_end', columnNames: ['expires_at'] }],
      }),
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('passkey_challenges');
    await runner.dropTable('passkeys');
  }
}
