import type { Config } from '../config/config.js';
import { SigningKeys } from '../grants/jwt/signing-keys.service.js';
import { withGatehouse } from './command-app.js';
import { CommandFault } from './command-fault.js';

/**
 * Has a new key sign JWTs from now on, also those of a running server, and answers its `kid`. The old
 * key verifies until the last token that it signed has expired.
 */
export async function runKeys(config: Config, [verb, ...rest]: string[], isJson: boolean): Promise<string> {
  if (verb !== 'rotate' || rest.length > 0) throw new CommandFault('use: gatehouse keys rotate [--json]', 2);
  const kid = await withGatehouse(config, (app) => app.get(SigningKeys).rotate());
  return isJson ? JSON.stringify({ kid }) : kid;
}
