import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { ChangeState } from '../accounts/change-state.service.js';
import { InvalidFields } from '../accounts/field-faults.js';
import { HandOverUser, type HandedOverLink } from '../accounts/hand-over-user.service.js';
import { RemoveUserFactor } from '../auth/remove-user-factor.service.js';
import { SYSTEM_ACTOR } from '../common/actor.js';
import { LEVELS, USER_TYPES } from '../common/levels.js';
import type { Config } from '../config/config.js';
import { FactorNotFound } from '../factors/factors.errors.js';
import { IdentifierTaken, UserNotFound } from '../users/users.errors.js';
import { findUser } from './find-user.js';
import { withGatehouse } from './command-app.js';
import { CommandFault } from './command-fault.js';
import { oneOf, type Options } from './options.js';

const LONGEST_NAME = 150;

const USAGE = `use: gatehouse user create --email <address> [--type ${USER_TYPES.join('|')}] [--level ${LEVELS.join('|')}]
                           [--username <name>] [--first-name <name>] [--last-name <name>] [--json]
     gatehouse user disable|enable|reset|remove-factor <identifier> [--json]`;

/**
 * Makes, blocks, activates and resets users and takes their second factor away, also while a server
 * runs, which honours it on the next request. `create` and `reset` answer the link that sets the password: a secret, good for a day.
 */
export async function runUser(
  config: Config,
  [verb, identifier, ...rest]: string[],
  options: Options,
): Promise<string> {
  if (rest.length > 0) throw new CommandFault(USAGE, 2);
  if (verb === 'create' && identifier === undefined) {
    return withGatehouse(config, (app) => create(app, options));
  }
  if (identifier === undefined) throw new CommandFault(USAGE, 2);
  switch (verb) {
    case 'disable':
    case 'enable':
      return withGatehouse(config, (app) => changeState(app, verb, identifier, options));
    case 'reset':
      return withGatehouse(config, (app) => reset(app, identifier, options));
    case 'remove-factor':
      return withGatehouse(config, (app) => removeFactor(app, identifier, options));
    case undefined:
    default:
      throw new CommandFault(USAGE, 2);
  }
}

async function create(app: NestFastifyApplication, options: Options): Promise<string> {
  const { email, username, 'first-name': firstName = '', 'last-name': lastName = '' } = options;
  if (!email || username === '') throw new CommandFault(USAGE, 2);
  if ([username, firstName, lastName].some((name) => (name?.length ?? 0) > LONGEST_NAME)) {
    throw new CommandFault(`a name has at most ${LONGEST_NAME} characters`, 2);
  }
  const made = app.get(HandOverUser).create({
    email,
    type: oneOf(USER_TYPES, 'type', options.type) ?? 'customer',
    level: oneOf(LEVELS, 'level', options.level) ?? 'member',
    username: username ?? null,
    firstName,
    lastName,
  });
  return tell(await explained(made), options);
}

async function reset(app: NestFastifyApplication, identifier: string, options: Options): Promise<string> {
  return tell(await explained(app.get(HandOverUser).reset(identifier)), options);
}

async function changeState(
  app: NestFastifyApplication,
  verb: 'disable' | 'enable',
  identifier: string,
  { json }: Options,
): Promise<string> {
  const { id } = await findUser(app, identifier);
  const state = verb === 'disable' ? 'blocked' : 'active';
  await app.get(ChangeState).change(SYSTEM_ACTOR, id, state);
  return json ? JSON.stringify({ id, state }) : `${id} ${verb}d`;
}

async function removeFactor(
  app: NestFastifyApplication,
  identifier: string,
  { json }: Options,
): Promise<string> {
  const { id } = await findUser(app, identifier);
  await explained(app.get(RemoveUserFactor).remove(SYSTEM_ACTOR, id));
  return json
    ? JSON.stringify({ id })
    : `${id} has no second factor of his own any more; his sessions have ended`;
}

function tell({ userId: id, link }: HandedOverLink, { json }: Options): string {
  return json
    ? JSON.stringify({ id, link })
    : `${id}\nWho opens this link within a day sets the password:\n${link}`;
}

/** Says in words what the core refuses. */
async function explained<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof IdentifierTaken)
      throw new CommandFault('somebody has this address or name already', 1);
    if (error instanceof FactorNotFound) throw new CommandFault('the user has no second factor', 1);
    if (error instanceof UserNotFound) throw new CommandFault('there is no user with this identifier', 1);
    if (error instanceof InvalidFields) {
      const isDisabled = error.faults.some(({ field }) => field === 'state');
      throw new CommandFault(
        isDisabled ? 'the user is disabled: enable him first' : 'there is no e-mail address that can be used',
        1,
      );
    }
    throw error;
  }
}
