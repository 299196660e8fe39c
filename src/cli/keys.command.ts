import type { Config } from '../config/config.js';
import { SigningKeys } from '../grants/jwt/signing-keys.service.js';
import { withGatehouse } from './command-app.js';
import { CommandFault } from './command-fault.js';
import type { Options } from './options.js';

/**
 * Has a new key sign JWTs from now on, also those of a running server, and answers its `kid`. The old
 * key verifies until the last token that it signed has expired.
 */
export async function runKeys(config: Config, [verb, ...rest]: string[], { json }: Options): Promise<string> {
  if (verb !== 'rotate' || rest.length > 0) throw new CommandFault('use: gatehouse keys rotate [--json]', 2);
  const kid = await withGatehouse(config, (app) => app.get(SigningKeys).rotate());
  return json ? JSON.stringify({ kid }) : kid;
}
