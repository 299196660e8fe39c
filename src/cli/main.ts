#!/usr/bin/env node
import { parseArgs } from 'node:util';
import { readEnvironment } from '../config/environment.js';
import { loadConfig } from '../config/load-config.js';
import { ManifestsFaulty } from '../manifests/manifest-faults.js';
import { startupFault } from '../startup-fault.js';
import { CommandFault } from './command-fault.js';
import { runKeys } from './keys.command.js';
import { runManifests } from './manifests.command.js';
import { runMigrate } from './migrate.command.js';
import { runUser } from './user.command.js';

const USAGE = `gatehouse <command>

  migrate [--plan]          bring the database up to date; --plan only lists what would be applied
  manifests plan            tell what applying MANIFESTS_DIR would create and change, and change nothing
  manifests apply           apply MANIFESTS_DIR, also while a server is running
  user disable <identifier> block a user and end all his sessions, also while a server is running
  user enable <identifier>  let a user in again
  keys rotate               have a new key sign JWTs; the old one verifies until its last token expires

  --json                    answer in JSON (manifests, keys)
`;

// Whatever this process makes, the database file above all, is its user's alone.
process.umask(0o077);

let isJson = false;
try {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      plan: { type: 'boolean' },
      json: { type: 'boolean' },
      help: { type: 'boolean', short: 'h' },
    },
  });
  isJson = values.json ?? false;
  process.exitCode = values.help ? tell(USAGE) : await run(positionals, values.plan ?? false);
} catch (error) {
  if (isJson && error instanceof ManifestsFaulty) tell(JSON.stringify({ faults: error.faults }));
  else process.stderr.write(`${error instanceof CommandFault ? error.message : startupFault(error)}\n`);
  process.exitCode = error instanceof CommandFault ? error.exitCode : 1;
}

async function run([command, ...words]: string[], plan: boolean): Promise<number> {
  switch (command) {
    case 'migrate':
      return tell(await runMigrate(loadConfig(readEnvironment()), plan));
    case 'manifests':
      return tell(await runManifests(loadConfig(readEnvironment()), words, isJson));
    case 'user':
      return tell(await runUser(loadConfig(readEnvironment()), words));
    case 'keys':
      return tell(await runKeys(loadConfig(readEnvironment()), words, isJson));
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
