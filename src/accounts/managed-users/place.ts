import type { Level, UserType } from '../../common/levels.js';
import { isWithin, permissionsOf, type Authority } from '../../common/permissions.js';
import { authorityOf, type Role } from '../../roles/role.js';

/** What says how high a user stands. */
export interface Place {
  readonly type: UserType;
  readonly level: Level;
  readonly roleId: string | null;
}

/** What somebody at a place may do. A free role counts for what it gives an administrator, whom a later edit may make of anybody. */
export function authorityAt({ type, level }: Pick<Place, 'type' | 'level'>, role: Role | null): Authority {
  return role ? { ...authorityOf(role), level } : { type, level, permissions: [] };
}

/**
 * True when somebody of this authority may do nothing that the caller may not, and stands no higher. A
 * superuser may do everything here, also one who is no administrator at 003.
 */
export function isAllowed(authority: Authority, caller: Authority): boolean {
  return (caller.level === 'superuser' && !caller.cap) || isWithin(authority, caller);
}

/** True of who stands above the lowest, and of one with a permission. */
export function isRaised(authority: Authority): boolean {
  return authority.level !== 'member' || permissionsOf(authority).size > 0;
}
