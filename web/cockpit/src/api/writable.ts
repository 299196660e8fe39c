import type { ResourceName } from './resources.js';

const OF_USERS = [
  'email',
  'username',
  'firstName',
  'lastName',
  'phone',
  'card',
  'locale',
  'type',
  'level',
  'roleId',
  'networks',
];

const CREATED: Partial<Record<ResourceName, readonly string[]>> = {
  users: [...OF_USERS, 'password'],
  roles: ['name', 'permissions'],
  'api-keys': ['name', 'ownerId', 'level', 'networks', 'expiresAt', 'secret'],
  clients: ['id', 'grants', 'scopes'],
};

const UPDATED: Partial<Record<ResourceName, readonly string[]>> = {
  users: OF_USERS,
  roles: ['name', 'permissions'],
  clients: ['state', 'grants', 'scopes'],
};

type Fields = Readonly<Record<string, unknown>>;

/** What the forms of the cockpit say of a record that is made; whatever else is there is left out. */
export const creatable = (resource: string, fields: Fields): Fields => only(CREATED, resource, fields);

/** What the forms of the cockpit change of a record; whatever else is there is left out. */
export const updatable = (resource: string, fields: Fields): Fields => only(UPDATED, resource, fields);

/** @throws Error for a resource that no form writes. */
function only(table: typeof CREATED, resource: string, fields: Fields): Fields {
  const names = Object.hasOwn(table, resource) ? table[resource as ResourceName] : undefined;
  if (names === undefined) throw new Error(`No form writes ${resource}`);
  return Object.fromEntries(Object.entries(fields).filter(([name]) => names.includes(name)));
}
