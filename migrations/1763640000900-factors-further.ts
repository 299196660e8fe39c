import { Table, type MigrationInterface, type QueryRunner } from 'typeorm';
import { id, instant, text } from './columns.js';

/** Codes by e-mail as a second factor, browsers that are trusted with one, and who must have one. */
export class FactorsFurther1763640000900 implements MigrationInterface {
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
        name: 'email_factors',
        columns: [
          { ...text('user_id', 36), isPrimary: true },
          text('address', 254, true),
          instant('enabled_at', true),
          { name: 'attempts', type: 'integer' },
          instant('attempted_at'),
          instant('locked_until'),
        ],
        foreignKeys: [ofUser('email_factors_user_fk')],
      }),
    );
    await runner.createTable(
      new Table({
        name: 'mailed_codes',
        columns: [
          { ...text('grant_id', 36), isPrimary: true },
          text('user_id', 36),
          text('digest', 64),
          instant('expires_at'),
        ],
        indices: [
          { name: 'mailed_codes_user', columnNames: ['user_id'] },
          { name: 'mailed_codes_end', columnNames: ['expires_at'] },
        ],
        foreignKeys: [
          ofUser('mailed_codes_user_fk'),
          {
            name: 'mailed_codes_grant_fk',
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
        name: 'trusted_devices',
        columns: [
          id,
          text('user_id', 36),
          text('digest', 64),
          { name: 'epoch', type: 'integer' },
          text('user_agent', 256),
          text('address', 64),
          instant('created_at'),
          instant('last_used_at'),
          instant('expires_at'),
        ],
        indices: [
          { name: 'trusted_devices_user', columnNames: ['user_id', 'id'] },
          { name: 'trusted_devices_digest', columnNames: ['digest'], isUnique: true },
          { name: 'trusted_devices_end', columnNames: ['expires_at'] },
        ],
        foreignKeys: [ofUser('trusted_devices_user_fk')],
      }),
    );
    await runner.createTable(
      new Table({
        name: 'factor_policy',
        columns: [
          { name: 'id', type: 'integer', isPrimary: true },
          text('required_from', 16, true),
          instant('updated_at'),
        ],
      }),
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('factor_policy');
    await runner.dropTable('trusted_devices');
    await runner.dropTable('mailed_codes');
    await runner.dropTable('email_factors');
  }
}
