import { setTimeout as delay } from 'node:timers/promises';
import BetterSqlite3 from 'better-sqlite3';
import { DataSource } from 'typeorm';
import { postgresOptions, primaryOptions } from './data-source-options.js';
import { dialectOf } from './dialect.js';

const LOCK_NUMBER = 7_402_118;

/** The names of the migrations that the database has not had, oldest first. Changes nothing. */
export async function pendingMigrations(databaseUrl: string): Promise<string[]> {
  return withMigrationSource(databaseUrl, pendingOf);
}

/**
 * Brings the schema up to date and answers the names of what was applied. Several processes may do
 * so at once: one works, the others wait and find nothing left.
 */
export async function migrate(databaseUrl: string): Promise<string[]> {
  return withMigrationSource(databaseUrl, async (source) => {
    if ((await pendingOf(source)).length === 0) return [];
    return withLock(databaseUrl, async () => (await source.runMigrations()).map(({ name }) => name));
  });
}

async function withMigrationSource<T>(
  databaseUrl: string,
  use: (source: DataSource) => Promise<T>,
): Promise<T> {
  const source = new DataSource(primaryOptions(databaseUrl, 'migrate'));
  await source.initialize();
  try {
    return await use(source);
  } finally {
    await source.destroy();
  }
}

async function pendingOf(source: DataSource): Promise<string[]> {
  const runner = source.createQueryRunner();
  try {
    const known = source.migrations.map((migration) => migration.name ?? migration.constructor.name);
    if (!(await runner.hasTable('migration'))) return known;
    const rows = (await runner.query('SELECT name FROM migration')) as { name: string }[];
    const applied = new Set(rows.map((row) => row.name));
    return known.filter((name) => !applied.has(name));
  } finally {
    if (source.options.type === 'postgres') await runner.release();
  }
}

async function withLock<T>(databaseUrl: string, work: () => Promise<T>): Promise<T> {
  return dialectOf(databaseUrl) === 'sqlite'
    ? withSqliteLock(`${databaseUrl.slice('sqlite:'.length)}-migrating`, work)
    : withPostgresLock(databaseUrl, work);
}

/** An exclusive lock on a neighbour file: held by the operating system, so a killed process leaves none behind. */
async function withSqliteLock<T>(path: string, work: () => Promise<T>): Promise<T> {
  const lock = new BetterSqlite3(path, { timeout: 0 });
  try {
    for (;;) {
      try {
        lock.exec('BEGIN EXCLUSIVE');
        break;
      } catch (error) {
        if (!String((error as { code?: string }).code).startsWith('SQLITE_BUSY')) throw error;
        await delay(20);
      }
    }
    return await work();
  } finally {
    lock.close();
  }
}

async function withPostgresLock<T>(databaseUrl: string, work: () => Promise<T>): Promise<T> {
  const holder = new DataSource(postgresOptions(databaseUrl, 'migrate'));
  await holder.initialize();
  try {
    await holder.query('SELECT pg_advisory_lock($1)', [LOCK_NUMBER]);
    return await work();
  } finally {
    await holder.destroy();
  }
}
