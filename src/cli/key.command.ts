import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { ApiKey } from '../api-keys/api-key.js';
import { ApiKeyLevelTooHigh, ApiKeyNotFound } from '../api-keys/api-keys.errors.js';
import { ManageApiKeys } from '../api-keys/manage-api-keys.service.js';
import { SYSTEM_ACTOR } from '../common/actor.js';
import { Clock, DAY } from '../common/clock.js';
import { LEVELS } from '../common/levels.js';
import { isNetwork } from '../common/networks.js';
import type { Config } from '../config/config.js';
import { withGatehouse } from './command-app.js';
import { CommandFault } from './command-fault.js';
import { findUser } from './find-user.js';
import { oneOf, positive, type Options } from './options.js';

const PAGE = 100;
const LONGEST_NAME = 150;

const USAGE = `use: gatehouse key create <owner> --name <name> [--level ${LEVELS.join('|')}] [--expires-in-days <n>]
                          [--network <address or range>]… [--json]
     gatehouse key list [<owner>] [--json]
     gatehouse key revoke <id> [--json]`;

/**
 * Makes, lists and revokes permanent keys, also while a server runs, which honours it on the next
 * request. `create` answers the secret this once.
 */
export async function runKey(
  config: Config,
  [verb, subject, ...rest]: string[],
  options: Options,
): Promise<string> {
  if (rest.length > 0 || !['create', 'list', 'revoke'].includes(verb ?? '')) throw new CommandFault(USAGE, 2);
  if (verb === 'list') return withGatehouse(config, (app) => list(app, subject, options));
  if (!subject) throw new CommandFault(USAGE, 2);
  return withGatehouse(config, (app) =>
    explained(verb === 'create' ? create(app, subject, options) : revoke(app, subject, options)),
  );
}

async function create(app: NestFastifyApplication, owner: string, options: Options): Promise<string> {
  const { name, network: networks = [] } = options;
  if (!name?.trim() || name.length > LONGEST_NAME) throw new CommandFault(USAGE, 2);
  const wrong = networks.find((network) => !isNetwork(network));
  if (wrong !== undefined) throw new CommandFault(`--network ${wrong} is no address or range`, 2);
  const days = positive('expires-in-days', options['expires-in-days']);
  const { id: ownerId } = await findUser(app, owner);
  const { key, secret } = await app.get(ManageApiKeys).create(SYSTEM_ACTOR, {
    name,
    ownerId,
    networks,
    ...(options.level === undefined ? {} : { level: oneOf(LEVELS, 'level', options.level) }),
    ...(days === undefined ? {} : { expiresAt: app.get(Clock).now() + days * DAY }),
  });
  return options.json
    ? JSON.stringify({ ...shown(key), secret })
    : `${key.id}\nThe secret, shown this once:\n${secret}`;
}

async function list(
  app: NestFastifyApplication,
  owner: string | undefined,
  { json }: Options,
): Promise<string> {
  const ownerId = owner === undefined ? 'all' : (await findUser(app, owner)).id;
  const keys: ApiKey[] = [];
  for (let cursor: string | null = null; ;) {
    const page = await app.get(ManageApiKeys).list(SYSTEM_ACTOR, { ownerId, limit: PAGE, cursor });
    keys.push(...page.items);
    if (page.nextCursor === null) break;
    cursor = page.nextCursor;
  }
  if (json) return JSON.stringify(keys.map(shown));
  return keys.length === 0 ? 'no keys' : keys.map(inWords).join('\n');
}

async function revoke(app: NestFastifyApplication, id: string, { json }: Options): Promise<string> {
  await app.get(ManageApiKeys).revoke(SYSTEM_ACTOR, id);
  return json ? JSON.stringify({ id, revoked: true }) : `${id} revoked`;
}

const instant = (time: number | null) => (time === null ? null : new Date(time).toISOString());

function shown(key: ApiKey): object {
  return {
    ...key,
    createdAt: instant(key.createdAt),
    expiresAt: instant(key.expiresAt),
    lastUsedAt: instant(key.lastUsedAt),
  };
}

function inWords(key: ApiKey): string {
  const end = key.expiresAt === null ? 'does not expire' : `until ${instant(key.expiresAt)}`;
  const use = key.lastUsedAt === null ? 'never used' : `last used ${instant(key.lastUsedAt)}`;
  return `${key.id}  ${key.name}  of ${key.ownerId}  ${key.level}  ${end}, ${use}`;
}

/** Says in words what the core refuses. */
async function explained<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof ApiKeyNotFound) throw new CommandFault('there is no such key', 1);
    if (error instanceof ApiKeyLevelTooHigh) throw new CommandFault('--level is above its owner’s', 1);
    throw error;
  }
}
