import { getMetadataArgsStorage } from 'typeorm';
import type { ApiDescription } from './openapi.js';

/** What an attacker would like to set, where a value of the right form makes the difference. */
const TEMPTATIONS: Readonly<Record<string, unknown>> = {
  level: 'superuser',
  type: 'admin',
  state: 'blocked',
  kind: 'permanent',
  roles: ['systemAdmin'],
  permissions: ['ADMIN:MODIFY'],
  scope: ['admin'],
  scopes: ['profile'],
  grants: ['password'],
  networks: ['10.0.0.0/8'],
  email: 'mallory@pollution.example',
  username: 'mallory',
  phone: '+48600999999',
  card: '999999',
  password: 'mallory was here 1',
  passwordHash: '$argon2id$v=19$m=64,t=1,p=1$bWFsbG9yeW1hbGxvcnk$bWFsbG9yeW1hbGxvcnltYWxsb3J5bWFsbG9yeQ',
  locale: 'fr',
  secret: 'mallory-has-chosen-this-secret-0123456789',
  secrets: ['mallory-has-chosen-this-secret-0123456789'],
  emailConfirmed: true,
  isBuiltIn: true,
  createdAt: '2001-01-01T00:00:00Z',
  expiresAt: '2099-01-01T00:00:00Z',
};

/** Names that no schema and no entity has, and that others' servers were taken by. */
const CLASSICS = ['isAdmin', 'admin', 'superuser', 'isBuiltIn', 'owner', 'passwordConfirmation', 'user'];

/** Every name that any schema or any column has, in both of their ways of writing. */
export function namesEverywhere(api: ApiDescription): string[] {
  const columns = getMetadataArgsStorage().columns.flatMap(({ propertyName, options }) => [
    propertyName,
    options.name ?? propertyName,
  ]);
  const properties = Object.values(api.schemas).flatMap((schema) => Object.keys(schema.properties ?? {}));
  return [...new Set([...CLASSICS, ...Object.keys(TEMPTATIONS), ...columns, ...properties])];
}

/** A body with all of the names but those that the operation documents; ids are `id`. */
export function polluted(
  body: Readonly<Record<string, unknown>>,
  names: readonly string[],
  documented: readonly string[],
  id: string,
): Record<string, unknown> {
  const foreign = names.filter((name) => !documented.includes(name));
  return { ...Object.fromEntries(foreign.map((name) => [name, valueOf(name, id)])), ...body };
}

function valueOf(name: string, id: string): unknown {
  const camel = name.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase());
  if (Object.hasOwn(TEMPTATIONS, camel)) return TEMPTATIONS[camel];
  if (/(^i|I)d$/.test(camel) || /By$/.test(camel)) return id;
  if (/(At|Epoch|attempts|limit|count|seq)$/i.test(camel)) return 99;
  return /^(is|has|may|allow|unsubscribed)/.test(camel) ? true : `mallory ${name}`;
}
