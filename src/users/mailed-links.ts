import type { UserRecord } from './user.js';

/** True when a link that lets him in may be mailed to this user. */
export function isReachable(user: UserRecord): user is UserRecord & { readonly email: string } {
  return user.state !== 'blocked' && user.email !== null;
}

/**
 * True when whoever knows this user's name may have such a link mailed to him. An administrator gets
 * his first access from who made him, never by a mail that anybody can ask for.
 */
export function mayAskForLinks(user: UserRecord): user is UserRecord & { readonly email: string } {
  return isReachable(user) && (user.type !== 'admin' || user.passwordHash !== null);
}
