import { setTimeout as delay } from 'node:timers/promises';
import type { Database } from 'better-sqlite3';
import type { DataSourceOptions } from 'typeorm';
import { migrations } from '#migrations';
import { dialectOf } from './dialect.js';
import { isBusy } from './faults.js';

const SECOND = 1_000;

/**
 * Options of the connection that writes: SQLite's single writer, or PostgreSQL's pool of ten. While
 * migrating nothing is served yet, so SQLite's own wait for a server that writes does no harm.
 */
export function primaryOptions(databaseUrl: string, use: 'serve' | 'migrate' = 'serve'): DataSourceOptions {
  return dialectOf(databaseUrl) === 'sqlite'
    ? sqliteOptions(databaseUrl, prepareWriter, use === 'serve' ? 0 : 10 * SECOND)
    : postgresOptions(databaseUrl, use);
}

/** Options of SQLite's second connection, which sees committed data only and cannot write. */
export function sqliteReadOptions(databaseUrl: string): DataSourceOptions {
  return sqliteOptions(databaseUrl, (database) => void database.pragma('query_only = ON'), 0);
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
            // The server's own timeout does not help when the network swallows its answer.
            query_timeout: 6 * SECOND,
            keepAlive: true,
          }
        : {},
  };
}

function sqliteOptions(
  databaseUrl: string,
  prepareDatabase: (database: Database) => void,
  timeout: number,
): DataSourceOptions {
  return {
    type: 'better-sqlite3',
    database: databaseUrl.slice('sqlite:'.length),
    timeout,
    enableWAL: true,
    prepareDatabase: async (database: Database) => {
      await enterWriteAheadLog(database);
      database.pragma('synchronous = FULL');
      prepareDatabase(database);
    },
    migrations,
    migrationsTableName: 'migration',
    migrationsTransactionMode: 'all',
  };
}

/** Another process may hold the whole file for a moment, when it makes it or is the last to leave it. */
async function enterWriteAheadLog(database: Database): Promise<void> {
  for (const deadline = Date.now() + 5 * SECOND; ; await delay(10)) {
    try {
      database.pragma('journal_mode = WAL');
      return;
    } catch (error) {
      if (!isBusy(error) || Date.now() > deadline) throw error;
    }
  }
}

/** Takes the write lock at BEGIN: a read that turns into a write could otherwise fail half-way. */
function prepareWriter(database: Database): void {
  const prepare = database.prepare.bind(database);
  database.prepare = (source: string) => prepare(source === 'BEGIN TRANSACTION' ? 'BEGIN IMMEDIATE' : source);
}
