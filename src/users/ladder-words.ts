import { isAtLeast, type Level } from '../common/levels.js';

/** The roles of document 001 that say how high a user stands; `userManager` is the spelling that its code honours. */
const LADDER_WORDS: ReadonlyMap<string, Level> = new Map([
  ['collectionManager', 'manager'],
  ['usersManager', 'admin'],
  ['userManager', 'admin'],
  ['systemAdmin', 'superuser'],
]);

/** The level that these roles give: the highest of them. */
export function levelOfRoles(roles: readonly string[]): Level {
  return roles
    .map((role) => LADDER_WORDS.get(role) ?? 'member')
    .reduce((highest, level) => (isAtLeast(level, highest) ? level : highest), 'member');
}
