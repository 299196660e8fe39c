import { mkdirSync } from 'node:fs';
import type { Config } from '../config/config.js';
import { migrate, pendingMigrations } from '../database/migrate.js';
import { CommandFault } from './command-fault.js';
import type { Options } from './options.js';

/** Applies what is pending, or with `plan` only tells it. */
export async function runMigrate(config: Config, words: string[], { plan, json }: Options): Promise<string> {
  if (words.length > 0) throw new CommandFault('use: gatehouse migrate [--plan] [--json]', 2);
  mkdirSync(config.dataDir, { recursive: true, mode: 0o700 });
  const names = plan ? await pendingMigrations(config.database.url) : await migrate(config.database.url);
  if (json) return JSON.stringify(plan ? { pending: names } : { applied: names });
  if (names.length === 0) return 'The database is up to date.';
  return [plan ? 'Pending:' : 'Applied:', ...names.map((name) => `  ${name}`)].join('\n');
}
