import type { Database } from 'better-sqlite3';
import type { DataSourceOptions } from 'typeorm';
import { migrations } from '#migrations';
import { dialectOf } from './dialect.js';

const SECOND = 1_000;

/** Options of the connection that writes: SQLite's single writer, or PostgreSQL's pool of ten. */
export function primaryOptions(databaseUrl: string): DataSourceOptions {
  return dialectOf(databaseUrl) === 'sqlite'
    ? sqliteOptions(databaseUrl, prepareWriter)
    : postgresOptions(databaseUrl);
}

/** Options of SQLite's second connection, which sees committed data only and cannot write. */
export function sqliteReadOptions(databaseUrl: string): DataSourceOptions {
  return sqliteOptions(databaseUrl, (database) => void database.pragma('query_only = ON'));
}

/** Options of a PostgreSQL pool; migrations get no statement timeout and one connection. */
export function postgresOptions(databaseUrl: string, use: 'serve' | 'migrate' = 'serve'): DataSourceOptions {
  return {
    type: 'postgres',
    url: databaseUrl,
    parseInt8: true,
    poolSize: use === 'serve' ? 10 : 1,
    connectTimeoutMS: 5 * SECOND,
    applicationName: 'gatehouse',
    migrations,
    migrationsTableName: 'migration',
    extra:
      use === 'serve'
        ? {
            statement_timeout: 5 * SECOND,
            lock_timeout: 2 * SECOND,
            idle_in_transaction_session_timeout: 10 * SECOND,
          }
        : {},
  };
}

function sqliteOptions(
  databaseUrl: string,
  prepareDatabase: (database: Database) => void,
): DataSourceOptions {
  return {
    type: 'better-sqlite3',
    database: databaseUrl.slice('sqlite:'.length),
    timeout: 0,
    enableWAL: true,
    prepareDatabase: (database: Database) => {
      database.pragma('synchronous = FULL');
      prepareDatabase(database);
    },
    migrations,
    migrationsTableName: 'migration',
    migrationsTransactionMode: 'all',
  };
}

/** Takes the write lock at BEGIN: a read that turns into a write could otherwise fail half-way. */
function prepareWriter(database: Database): void {
  const prepare = database.prepare.bind(database);
  database.prepare = (source: string) => prepare(source === 'BEGIN TRANSACTION' ? 'BEGIN IMMEDIATE' : source);
}
