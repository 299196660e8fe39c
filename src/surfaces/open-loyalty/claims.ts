import { isAtLeast } from '../../common/levels.js';
import { ACCESSES, permissionsOf, RESOURCES } from '../../common/permissions.js';
import type { UserSummary } from '../../common/security/principal.js';
import { dateOf } from './dates.js';

/** The words of 003 for the kinds of user. */
const ROLES = { admin: 'ROLE_ADMIN', customer: 'ROLE_PARTICIPANT', seller: 'ROLE_SELLER' } as const;

/** The name under which 003 shows a user: his own, else his address. */
export function usernameOf(user: Pick<UserSummary, 'username' | 'email' | 'id'>): string {
  return user.username ?? user.email ?? user.id;
}

/** What a JWT of 003 says beside the common claims (reference note 1.2). `lastLoginAt` in ms since 1970. */
export function claimsOf(user: UserSummary, lastLoginAt: number | null): object {
  return {
    username: usernameOf(user),
    roles: [ROLES[user.type]],
    id: user.id,
    lastLoginAt: lastLoginAt === null ? null : dateOf(lastLoginAt),
    permissions: accessesOf(user),
    superAdmin: user.type === 'admin' && isAtLeast(user.level, 'superuser'),
  };
}

/** Each resource with what may be done with it; one with nothing is left out. */
function accessesOf(user: UserSummary): Readonly<Record<string, readonly string[]>> {
  const allowed = permissionsOf(user);
  const entries = RESOURCES.map(
    (resource) =>
      [resource, ACCESSES.filter((access) => allowed.has(`${resource}:${access}` as const))] as const,
  );
  return Object.fromEntries(entries.filter(([, accesses]) => accesses.length > 0));
}
