import { Table, type MigrationInterface, type QueryRunner } from 'typeorm';
import { id, instant, text } from './columns.js';

/** Accounts elsewhere that open a user's, and what is kept while somebody signs in with one. */
export class Social1763640000720 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.createTable(
      new Table({
        name: 'linked_identities',
        columns: [
          id,
          text('issuer', 255),
          text('subject', 255),
          text('user_id', 36),
          text('provider', 64),
          text('label', 100, true),
          instant('created_at'),
        ],
        indices: [
          { name: 'linked_identities_subject', columnNames: ['issuer', 'subject'], isUnique: true },
          { name: 'linked_identities_user', columnNames: ['user_id'] },
        ],
        foreignKeys: [
          {
            name: 'linked_identities_user_fk',
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
        name: 'sign_in_attempts',
        columns: [
          { ...text('digest', 64), isPrimary: true },
          text('provider', 64),
          text('browser_digest', 64),
          { name: 'secret', type: 'text' },
          text('callback', 128, true),
          instant('expires_at'),
        ],
        indices: [{ name: 'sign_in_attempts_end', columnNames: ['expires_at'] }],
      }),
    );
    await runner.createTable(
      new Table({
        name: 'sign_in_proofs',
        columns: [
          { ...text('digest', 64), isPrimary: true },
          text('provider', 64),
          text('issuer', 255),
          text('subject', 255),
          text('label', 100, true),
          text('email', 320, true),
          instant('expires_at'),
        ],
        indices: [{ name: 'sign_in_proofs_end', columnNames: ['expires_at'] }],
      }),
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('sign_in_proofs');
    await runner.dropTable('sign_in_attempts');
    await runner.dropTable('linked_identities');
  }
}
