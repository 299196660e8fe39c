import { mkdirSync } from 'node:fs';
import type { Config } from '../config/config.js';
import { migrate, pendingMigrations } from '../database/migrate.js';

/** Applies what is pending, or with `plan` only tells it. */
export async function runMigrate(config: Config, plan: boolean): Promise<string> {
  mkdirSync(config.dataDir, { recursive: true, mode: 0o700 });
  const names = plan ? await pendingMigrations(config.database.url) : await migrate(config.database.url);
  if (names.length === 0) return 'The database is up to date.';
  return [plan ? 'Pending:' : 'Applied:', ...names.map((name) => `  ${name}`)].join('\n');
}
