import { DomainError } from '../common/domain-error.js';
import { isAtLeast, type Level } from '../common/levels.js';
import { REQUESTABLE_SCOPES, type Client } from './client.js';

/** A scope was asked for that there is not, or that this client may not have (RFC 6749 5.2). */
export class ScopeRefused extends DomainError {
  readonly kind = 'invalid';
  readonly code = 'scope-refused';
}

/**
 * The scopes of a request, separated by blanks; left out, all that the client may ask for.
 * @throws ScopeRefused, also for `city` and `admin`, which are only ever granted (000, "valid scopes")
 */
export function requestedScopes(client: Client, scope: string | null): readonly string[] {
  const words = scope?.split(' ').filter((word) => word !== '') ?? [];
  if (words.length === 0) {
    const all = REQUESTABLE_SCOPES.filter((known) => client.scopes.includes(known));
    // RFC 6749 3.3: without a default there is nothing to give.
    if (all.length === 0) throw new ScopeRefused();
    return all;
  }
  const isAllowed = (word: string) => REQUESTABLE_SCOPES.some((known) => known === word);
  if (!words.every((word) => isAllowed(word) && client.scopes.includes(word))) throw new ScopeRefused();
  return [...new Set(words)];
}

/** What a user's place on the ladder adds to every token of his (contract 3.1). */
export function grantedScopes(level: Level): readonly string[] {
  if (isAtLeast(level, 'superuser')) return ['city', 'admin'];
  return isAtLeast(level, 'admin') ? ['city'] : [];
}
