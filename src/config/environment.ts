import { existsSync } from 'node:fs';

/**
 * The environment of this process; outside production a `.env` file in the working directory is read
 * into it first. Variables that are set already win over the file.
 */
export function readEnvironment(): NodeJS.ProcessEnv {
  if (process.env['NODE_ENV'] !== 'production' && existsSync('.env')) process.loadEnvFile('.env');
  return process.env;
}
