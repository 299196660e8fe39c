import { isAtLeast, type Level, type UserType } from './levels.js';

/** What an administrator's permission is about (003, "ACL"), in the order in which it is listed. */
export const RESOURCES = [
  'SEGMENT_EXPORT',
  'EARNING_RULE',
  'LEVEL',
  'TRANSACTION',
  'SELLER',
  'ADMIN',
  'ACL',
  'ANALYTICS',
  'POS',
  'POINT_TRANSFER',
  'SEGMENT',
  'SETTINGS',
  'CUSTOMER',
  'REWARD_CAMPAIGN',
  'AUDIT',
] as const;
export type Resource = (typeof RESOURCES)[number];

/** MODIFY contains VIEW. */
export const ACCESSES = ['VIEW', 'MODIFY'] as const;
export type Access = (typeof ACCESSES)[number];

export type Permission = `${Resource}:${Access}`;

/** Every permission that there is, in the order of the lists. */
export const PERMISSIONS: readonly Permission[] = RESOURCES.flatMap((resource) =>
  ACCESSES.map((access) => `${resource}:${access}` as const),
);

/** True for the name of a permission that there is. */
export function isPermission(text: string): text is Permission {
  return (ALL as ReadonlySet<string>).has(text);
}

/** Who may do something: his kind, his place on the ladder, and what his free role adds. */
export interface Authority {
  readonly type: UserType;
  readonly level: Level;
  /** What a free role gives beside the level; MODIFY without VIEW stands for both. */
  readonly permissions: readonly Permission[];
  /** All that may come of it, where it is shown by something narrower; null or left out is no bound. */
  readonly cap?: readonly Permission[] | null;
}

/**
 * Everything that somebody may do (contract 3.1): superuser and admin VIEW and MODIFY everything, a
 * manager VIEWs everything, a member has what his free role gives; only administrators have any.
 */
export function permissionsOf(authority: Authority): ReadonlySet<Permission> {
  const { cap } = authority;
  const all = unboundedPermissionsOf(authority);
  return cap ? new Set([...all].filter((permission) => cap.includes(permission))) : all;
}

function unboundedPermissionsOf({ type, level, permissions }: Authority): ReadonlySet<Permission> {
  if (type !== 'admin') return NONE;
  if (isAtLeast(level, 'admin')) return ALL;
  const ofRole = permissions.flatMap(withView);
  return new Set(level === 'manager' ? [...VIEWS, ...ofRole] : ofRole);
}

/** True when nothing that `other` may do is denied to `one`, and he stands no higher on the ladder. */
export function isWithin(other: Authority, one: Authority): boolean {
  const allowed = permissionsOf(one);
  return isAtLeast(one.level, other.level) && [...permissionsOf(other)].every((item) => allowed.has(item));
}

function withView(permission: Permission): Permission[] {
  const [resource] = permission.split(':') as [Resource];
  return permission.endsWith(':MODIFY') ? [`${resource}:VIEW`, permission] : [permission];
}

const NONE: ReadonlySet<Permission> = new Set();
const VIEWS: readonly Permission[] = RESOURCES.map((resource) => `${resource}:VIEW` as const);
const ALL: ReadonlySet<Permission> = new Set(PERMISSIONS);

/** What bounds a credential that somebody of this authority makes; null when he may do everything. */
export function capOf(maker: Authority): readonly Permission[] | null {
  const allowed = permissionsOf(maker);
  return allowed.size === ALL.size ? null : [...allowed];
}
