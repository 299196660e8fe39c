import { isAtLeast } from '../common/levels.js';
import { permissionsOf } from '../common/permissions.js';
import type { AccessRule } from '../common/security/access.js';
import { authorityOf, type Principal, type UserPrincipal } from '../common/security/principal.js';
import { NATIVE_SURFACE } from './credential-resolver.service.js';

export type ClosedRule = AccessRule & { readonly public: false };

/**
 * Whether the rule lets this caller in at the surface of that name. How long ago he showed who he is, is
 * not looked at.
 */
export function mayCall(rule: ClosedRule, principal: Principal, surface: string): boolean {
  if (!rule.kinds.includes(principal.kind)) return false;
  if (principal.kind !== 'user' && principal.kind !== 'service') return true;
  if (!isAtLeast(principal.level, rule.level)) return false;
  return principal.kind === 'service' || meets(rule, principal, surface);
}

function meets(rule: ClosedRule, principal: UserPrincipal, surface: string): boolean {
  if (rule.types && !rule.types.includes(principal.user.type)) return false;
  if (rule.permission && !permissionsOf(authorityOf(principal)).has(rule.permission)) return false;
  if (rule.session === 'given' && principal.via !== 'session') return false;
  const isOwnSession = principal.via === 'session' && principal.clientId === null;
  const needsOwn = rule.session === 'own' || rule.session === 'recent';
  if (needsOwn && !isOwnSession) return false;
  if (principal.clientId === null) return true;
  // A client's token counts for no more than it was given (contract 3.2).
  return rule.scope === null ? surface !== NATIVE_SURFACE : principal.scope.includes(rule.scope);
}
