import { ManageFactorPolicy } from '../auth/manage-factor-policy.service.js';
import { SYSTEM_ACTOR } from '../common/actor.js';
import { LEVELS, type Level } from '../common/levels.js';
import type { Config } from '../config/config.js';
import { withGatehouse } from './command-app.js';
import { CommandFault } from './command-fault.js';
import type { Options } from './options.js';

/** The word for: asked of nobody but who has one. */
const NONE = 'none';

const USAGE = `use: gatehouse factor-policy show [--json]
     gatehouse factor-policy set ${LEVELS.join('|')}|${NONE} [--json]`;

/**
 * Tells, or decides, from which level on users must have a second factor, also while a server runs,
 * which honours it at the next sign-in: the way back for whom the policy has shut out.
 */
export async function runFactorPolicy(
  config: Config,
  [verb, word, ...rest]: string[],
  { json }: Options,
): Promise<string> {
  if (rest.length > 0) throw new CommandFault(USAGE, 2);
  if (verb === 'show' && word === undefined) {
    return tell(await withGatehouse(config, (app) => app.get(ManageFactorPolicy).requiredFrom()), json);
  }
  if (verb !== 'set') throw new CommandFault(USAGE, 2);
  const level = levelOf(word);
  await withGatehouse(config, (app) => app.get(ManageFactorPolicy).require(SYSTEM_ACTOR, level));
  return tell(level, json);
}

function levelOf(word: string | undefined): Level | null {
  if (word === NONE) return null;
  const level = LEVELS.find((known) => known === word);
  if (!level) throw new CommandFault(USAGE, 2);
  return level;
}

function tell(requiredFrom: Level | null, json = false): string {
  return json ? JSON.stringify({ requiredFrom }) : (requiredFrom ?? NONE);
}
