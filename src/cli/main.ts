#!/usr/bin/env node
import { parseArgs } from 'node:util';
import { readEnvironment } from '../config/environment.js';
import { loadConfig } from '../config/load-config.js';
import { startupFault } from '../startup-fault.js';
import { runMigrate } from './migrate.command.js';
import { runUser } from './user.command.js';

const USAGE = `gatehouse <command>

  migrate [--plan]          bring the database up to date; --plan only lists what would be applied
  user disable <identifier> block a user and end all his sessions, also while a server is running
  user enable <identifier>  let a user in again
`;

// Whatever this process makes, the database file above all, is its user's alone.
process.umask(0o077);

try {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { plan: { type: 'boolean' }, help: { type: 'boolean', short: 'h' } },
  });
  process.exitCode = values.help ? tell(USAGE) : await run(positionals, values.plan ?? false);
} catch (error) {
  process.stderr.write(`${startupFault(error)}\n`);
  process.exitCode = 1;
}

async function run([command, ...words]: string[], plan: boolean): Promise<number> {
  switch (command) {
    case 'migrate':
      return tell(await runMigrate(loadConfig(readEnvironment()), plan));
    case 'user':
      return tell(await runUser(loadConfig(readEnvironment()), words));
    case undefined:
    default:
      process.stderr.write(USAGE);
      return 2;
  }
}

function tell(text: string): number {
  process.stdout.write(text.endsWith('\n') ? text : `${text}\n`);
  return 0;
}
