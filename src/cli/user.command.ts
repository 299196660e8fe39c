import { ChangeState } from '../accounts/change-state.service.js';
import { SYSTEM_ACTOR } from '../common/actor.js';
import type { Config } from '../config/config.js';
import { Reader } from '../database/db.js';
import { UsersRepository } from '../users/users.repository.js';
import { withGatehouse } from './command-app.js';
import { CommandFault } from './command-fault.js';

/** Blocks or activates the user who has an identifier; a running server refuses him on the next request. */
export async function runUser(config: Config, [verb, identifier]: string[]): Promise<string> {
  if ((verb !== 'disable' && verb !== 'enable') || !identifier) {
    throw new CommandFault('use: gatehouse user disable|enable <identifier>', 2);
  }
  return withGatehouse(config, async (app) => {
    const user = await app.get(UsersRepository).findByIdentifier(app.get(Reader), identifier);
    if (!user) throw new CommandFault('there is no user with this identifier', 1);
    await app.get(ChangeState).change(SYSTEM_ACTOR, user.id, verb === 'disable' ? 'blocked' : 'active');
    return `${user.id} ${verb}d`;
  });
}
