import { SetMetadata } from '@nestjs/common';
import type { Level } from '../levels.js';
import type { PrincipalKind } from './principal.js';

/** Who may call a handler. A handler without one is refused to everybody. */
export type AccessRule =
  | { readonly public: true; readonly credential: 'ignored' | 'optional'; readonly limited: boolean }
  | {
      readonly public: false;
      readonly level: Level;
      readonly scope: string | null;
      readonly kinds: readonly PrincipalKind[];
      readonly limited: boolean;
    };

export const ACCESS_RULE = 'gatehouse:access-rule';

/**
 * Opens a handler to everybody. `credential: 'optional'` lets a credential that is present count, and
 * refuses one that is present and bad; by default none is looked at. `limited` counts the route
 * against the address's 60 requests a minute (contract 3.12): for routes that take a secret or send mail.
 */
export function Public(options: { credential?: 'optional'; limited?: boolean } = {}) {
  const rule: AccessRule = {
    public: true,
    credential: options.credential ?? 'ignored',
    limited: options.limited ?? false,
  };
  return SetMetadata(ACCESS_RULE, rule);
}

/** Opens a handler to signed-in callers of at least `level` (default member), with `scope` if named. */
export function Roles(
  options: { level?: Level; scope?: string; kinds?: readonly PrincipalKind[]; limited?: boolean } = {},
) {
  const rule: AccessRule = {
    public: false,
    level: options.level ?? 'member',
    scope: options.scope ?? null,
    kinds: options.kinds ?? ['user'],
    limited: options.limited ?? false,
  };
  return SetMetadata(ACCESS_RULE, rule);
}
