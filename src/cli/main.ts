#!/usr/bin/env node
import { parseArgs } from 'node:util';
import type { Config } from '../config/config.js';
import { readEnvironment } from '../config/environment.js';
import { loadConfig } from '../config/load-config.js';
import { ManifestsFaulty } from '../manifests/manifest-faults.js';
import { startupFault } from '../startup-fault.js';
import { CommandFault } from './command-fault.js';
import { OPTIONS, type Options } from './options.js';
import type { Outcome } from './outcome.js';

const USAGE = `gatehouse <command>

  migrate [--plan]             bring the database up to date; --plan only lists what would be applied
  manifests plan               tell what applying MANIFESTS_DIR would create and change, and change nothing
  manifests apply              apply MANIFESTS_DIR
  user create --email <a>      make a user and print the link that sets his password
  user reset <identifier>      end all sessions of a user and print a link that sets his password
  user disable <identifier>    block a user and end all his sessions
  user enable <identifier>     let a user in again
  user remove-factor <identifier>  take the second factor of a user away and end his sessions
  users import <file>          let everybody in who is told of in a file: CSV or JSON Lines
  users export [<file>]        write everybody into such a file, with the hashes of their passwords
  key create <owner> --name <n>  make a permanent key and print its secret
  key list [<owner>]           list permanent keys
  key revoke <id>              end a permanent key
  factor-policy show           tell from which level on users must have a second factor
  factor-policy set <level>    decide it; none: only who has one
  keys rotate                  have a new key sign JWTs; the old one verifies until its last token expires
  audit verify                 tell whether the audit trail is as it was written; exit code 1 when it is not

Each works on the configured database, also while a server runs on it.

  --json                       answer in JSON
`;

type Command = (config: Config, words: string[], options: Options) => Promise<string | Outcome>;

/** Each loads what it needs when it is asked for: most of the program stands behind some of them. */
const COMMANDS: Readonly<Record<string, () => Promise<Command>>> = {
  migrate: async () => (await import('./migrate.command.js')).runMigrate,
  manifests: async () => (await import('./manifests.command.js')).runManifests,
  user: async () => (await import('./user.command.js')).runUser,
  users: async () => (await import('./users.command.js')).runUsers,
  key: async () => (await import('./key.command.js')).runKey,
  'factor-policy': async () => (await import('./factor-policy.command.js')).runFactorPolicy,
  keys: async () => (await import('./keys.command.js')).runKeys,
  audit: async () => (await import('./audit.command.js')).runAudit,
};

// Whatever this process makes, the database file above all, is its user's alone.
process.umask(0o077);

let isJson = false;
try {
  const { values, positionals } = parseArgs({ allowPositionals: true, options: OPTIONS });
  isJson = values.json ?? false;
  process.exitCode = values.help ? tell(USAGE) : await run(positionals, values);
} catch (thrown) {
  const error = asCommandFault(thrown);
  tellFault(error);
  process.exitCode = error instanceof CommandFault ? error.exitCode : 1;
}

async function run([name = '', ...words]: string[], options: Options): Promise<number> {
  const load = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  if (load) {
    const config = loadConfig(readEnvironment());
    return tell(await (await load())(config, words, options));
  }
  process.stderr.write(USAGE);
  return 2;
}

function tell(answer: string | Outcome): number {
  const { text, exitCode } = typeof answer === 'string' ? { text: answer, exitCode: 0 } : answer;
  // What a command has written itself is its whole answer.
  if (text !== '') process.stdout.write(text.endsWith('\n') ? text : `${text}\n`);
  return exitCode;
}

/** An option that there is not, or without its value, is a command that was not understood. */
function asCommandFault(error: unknown): unknown {
  const { code = '', message = '' } = (error ?? {}) as { code?: unknown; message?: string };
  return String(code).startsWith('ERR_PARSE_ARGS') ? new CommandFault(message, 2) : error;
}

/** Who asked for JSON finds the faults of a set of manifests there too; everything else is told in words. */
function tellFault(error: unknown): void {
  if (isJson && error instanceof ManifestsFaulty) tell(JSON.stringify({ faults: error.faults }));
  else process.stderr.write(`${error instanceof CommandFault ? error.message : startupFault(error)}\n`);
}
