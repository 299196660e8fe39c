import BetterSqlite3 from 'better-sqlite3';
import pg from 'pg';
import type { TestDatabase } from './test-database.js';

type Row = Record<string, unknown>;

/** Asks a database through a connection of its own, as another process would; `text` takes no parameters. */
export async function queryDatabase(database: TestDatabase, text: string): Promise<Row[]> {
  if (database.dialect === 'sqlite') {
    const connection = new BetterSqlite3(database.url.slice('sqlite:'.length));
    try {
      return connection.prepare(text).all() as Row[];
    } finally {
      connection.close();
    }
  }
  const client = new pg.Client(database.url);
  await client.connect();
  try {
    return (await client.query<Row>(text)).rows;
  } finally {
    await client.end();
  }
}

/** The names of a database's own tables, sorted. */
export async function tablesOf(database: TestDatabase): Promise<string[]> {
  const rows = await queryDatabase(
    database,
    database.dialect === 'sqlite'
      ? `SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'`
      : `SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public'`,
  );
  return rows.map(({ name }) => String(name)).sort();
}
