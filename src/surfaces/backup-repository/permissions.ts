import type { Level } from '../../common/levels.js';
import type { UserSummary } from '../../common/security/principal.js';

/** The words of 001 for the places on the role ladder (contract 3.1). */
const BY_LEVEL: Readonly<Record<Level, readonly string[]>> = {
  superuser: ['systemAdmin'],
  admin: ['usersManager'],
  manager: ['collectionManager'],
  member: [],
};

/** What a user may do, in 001's words: as a manifest declared it, else as his level says. */
export function permissionsOf(user: UserSummary): readonly string[] {
  return user.roles.length > 0 ? user.roles : BY_LEVEL[user.level];
}
