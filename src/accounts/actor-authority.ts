import { SYSTEM_ACTOR, type Actor } from '../common/actor.js';
import type { Authority } from '../common/permissions.js';
import { authorityOf } from '../common/security/principal.js';
import { InsufficientRights } from '../grants/grants.errors.js';

const EVERYTHING: Authority = { type: 'admin', level: 'superuser', permissions: [] };

/** What who asks may do: a user as much as he may, the system and the master key everything. @throws InsufficientRights */
export function authorityOfActor(actor: Actor): Authority {
  const { principal } = actor;
  if (actor === SYSTEM_ACTOR || principal?.kind === 'service') return EVERYTHING;
  if (principal?.kind !== 'user') throw new InsufficientRights();
  return authorityOf(principal);
}

/** The id of the user who asks; null for the system and the master key. */
export function userIdOf({ principal }: Actor): string | null {
  return principal?.kind === 'user' ? principal.userId : null;
}
