import { TableIndex, type MigrationInterface, type QueryRunner } from 'typeorm';

const TABLES = [
  { table: 'roles', name: 'name' },
  { table: 'clients', name: 'id' },
] as const;

/** Roles and clients are found by how their names begin, in whatever case; a secret is told from another. */
export class NamesToFind1763640000921 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    const isPostgres = runner.dataSource.options.type === 'postgres';
    const collation = isPostgres ? ' COLLATE "C"' : '';
    const update = (table: string) =>
      isPostgres
        ? `UPDATE ${table} SET search_key = $1 WHERE id = $2`
        : `UPDATE ${table} SET search_key = ? WHERE id = ?`;
    for (const { table, name } of TABLES) {
      // In plain SQL: TypeORM would write the whole table anew on SQLite.
      await runner.query(`ALTER TABLE ${table} ADD COLUMN search_key varchar(150)${collation}`);
      const rows = (await runner.query(`SELECT id, ${name} AS name FROM ${table}`)) as {
        id: string;
        name: string;
      }[];
      for (const row of rows) await runner.query(update(table), [keyOf(row.name), row.id]);
      await runner.createIndex(
        table,
        new TableIndex({ name: `${table}_search`, columnNames: ['search_key', 'id'] }),
      );
    }
    await runner.query('ALTER TABLE client_secrets ADD COLUMN hint varchar(8)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE client_secrets DROP COLUMN hint');
    for (const { table } of TABLES) {
      await runner.dropIndex(table, `${table}_search`);
      await runner.query(`ALTER TABLE ${table} DROP COLUMN search_key`);
    }
  }
}

/** As names were spelt for searching when this was written. */
function keyOf(name: string): string {
  return [...name.normalize('NFKC').toLowerCase()].slice(0, 150).join('');
}
