import { Table, type MigrationInterface, type QueryRunner } from 'typeorm';
import { id, instant, text } from './columns.js';

const ownedByUser = (name: string) => ({
  name,
  columnNames: ['user_id'],
  referencedTableName: 'users',
  referencedColumnNames: ['id'],
  onDelete: 'CASCADE',
});

/** Grants with their credentials, one-time tokens, the fence that makes revocation immediate, and leases. */
export class Grants1763640000200 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.createTable(
      new Table({
        name: 'grants',
        columns: [
          id,
          text('user_id', 36, true),
          text('client_id', 128, true),
          text('surface', 32),
          text('kind', 16),
          text('needs', 16, true),
          { name: 'scope', type: 'text' },
          { name: 'epoch', type: 'integer' },
          instant('created_at'),
          instant('authenticated_at'),
          instant('expires_at'),
          instant('idle_ttl', true),
          instant('last_used_at'),
          instant('revoked_at', true),
          text('revoke_reason', 32, true),
          text('address', 64),
          text('user_agent', 256),
          text('description', 150),
        ],
        indices: [
          { name: 'grants_user', columnNames: ['user_id', 'id'] },
          { name: 'grants_expires', columnNames: ['expires_at'] },
          { name: 'grants_revoked', columnNames: ['revoked_at'] },
        ],
        foreignKeys: [ownedByUser('grants_user_fk')],
      }),
    );
    await runner.createTable(
      new Table({
        name: 'credentials',
        columns: [
          id,
          text('grant_id', 36),
          text('use', 16),
          text('format', 8),
          text('digest', 64),
          instant('created_at'),
          instant('expires_at'),
          instant('consumed_at', true),
        ],
        indices: [
          { name: 'credentials_digest', columnNames: ['digest'], isUnique: true },
          { name: 'credentials_grant', columnNames: ['grant_id'] },
          { name: 'credentials_expires', columnNames: ['expires_at'] },
        ],
        foreignKeys: [
          {
            name: 'credentials_grant_fk',
            columnNames: ['grant_id'],
            referencedTableName: 'grants',
            referencedColumnNames: ['id'],
            onDelete: 'CASCADE',
          },
        ],
      }),
    );
    await runner.createTable(
      new Table({
        name: 'one_time_tokens',
        columns: [
          id,
          text('purpose', 32),
          text('digest', 64),
          text('user_id', 36, true),
          text('address', 254, true),
          { name: 'epoch', type: 'integer' },
          instant('created_at'),
          instant('expires_at'),
          instant('consumed_at', true),
        ],
        indices: [
          { name: 'one_time_tokens_digest', columnNames: ['digest'], isUnique: true },
          { name: 'one_time_tokens_user', columnNames: ['user_id', 'purpose'] },
          { name: 'one_time_tokens_expires', columnNames: ['expires_at'] },
        ],
        foreignKeys: [ownedByUser('one_time_tokens_user_fk')],
      }),
    );
    await runner.createTable(
      new Table({
        name: 'change',
        columns: [{ name: 'seq', type: 'bigint', isPrimary: true }, text('subject', 128), instant('at')],
        indices: [{ name: 'change_at', columnNames: ['at'] }],
      }),
    );
    await runner.createTable(
      new Table({
        name: 'fence',
        columns: [
          { name: 'id', type: 'integer', isPrimary: true },
          { name: 'n', type: 'bigint' },
        ],
      }),
    );
    await runner.query('INSERT INTO fence (id, n) VALUES (1, 0)');
    await runner.createTable(
      new Table({
        name: 'leases',
        columns: [{ ...text('name', 64), isPrimary: true }, text('holder', 36), instant('held_until')],
      }),
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of ['leases', 'fence', 'change', 'one_time_tokens', 'credentials', 'grants']) {
      await runner.dropTable(table);
    }
  }
}
