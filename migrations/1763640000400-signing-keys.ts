import { Table, type MigrationInterface, type QueryRunner } from 'typeorm';

/** The keys that sign JWTs; `slot` is 'current' for the one that signs, and null for retired ones. */
export class SigningKeys1763640000400 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.createTable(
      new Table({
        name: 'signing_keys',
        columns: [
          { name: 'id', type: 'varchar', length: '32', isPrimary: true },
          { name: 'slot', type: 'varchar', length: '8', isNullable: true },
          { name: 'private_key', type: 'text' },
          { name: 'public_key', type: 'text' },
          { name: 'created_at', type: 'bigint' },
          { name: 'retired_at', type: 'bigint', isNullable: true },
        ],
        indices: [{ name: 'signing_keys_slot', columnNames: ['slot'], isUnique: true }],
      }),
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('signing_keys');
  }
}
