import { SetMetadata } from '@nestjs/common';
import { MINUTE } from '../clock.js';
import type { Level, UserType } from '../levels.js';
import type { Permission } from '../permissions.js';
import type { PrincipalKind } from './principal.js';

/** Who may call a handler. A handler without one is refused to everybody. */
export type AccessRule = {
  /** Counted against the address's 60 requests a minute (contract 3.12). */
  readonly limited: boolean;
  /** Takes a secret or sends mail: its refusals are logged. */
  readonly sensitive: boolean;
  /** A browser may call it from our own origins only (contract 3.13). */
  readonly ownOrigin: boolean;
} & (
  | { readonly public: true; readonly credential: 'ignored' | 'optional' | 'told' }
  | {
      readonly public: false;
      readonly level: Level;
      readonly scope: string | null;
      /** What the caller's role must allow (003, "ACL"). */
      readonly permission: Permission | null;
      /** The kinds of user that it is for; null is every kind. */
      readonly types: readonly UserType[] | null;
      /**
       * 'given' asks for a session, be it a client's, and no permanent key; 'own' for a person's own, no
       * client's token either; 'recent' for one in which he showed who he is a moment ago; 'recent-token' for any token that was given a moment ago.
       */
      readonly session: 'any' | 'given' | 'own' | 'recent' | 'recent-token';
      readonly kinds: readonly PrincipalKind[];
    }
);

/** How long a sign-in stands for what asks for a fresh one, in ms (contract 3.2). */
export const RECENT = 15 * MINUTE;

export const ACCESS_RULE = 'gatehouse:access-rule';

interface Care {
  /** For routes that take a secret or send mail. */
  readonly limited?: boolean;
  /** For a route with a limit of its own, such as sign-in. */
  readonly sensitive?: boolean;
  /** For what a page of ours posts: a foreign page's post is refused. */
  readonly ownOrigin?: boolean;
}

const careOf = ({ limited = false, sensitive = limited, ownOrigin = false }: Care) => ({
  limited,
  sensitive,
  ownOrigin,
});

/**
 * Opens a handler to everybody. `credential: 'optional'` lets a credential that is present count, and
 * refuses one that is present and bad; with 'told' a bad one is as good as none, for a route that only
 * tells who is signed in. By default none is looked at.
 */
export function Public(options: Care & { credential?: 'optional' | 'told' } = {}) {
  const rule: AccessRule = {
    ...careOf(options),
    public: true,
    credential: options.credential ?? 'ignored',
  };
  return SetMetadata(ACCESS_RULE, rule);
}

interface Opening extends Care {
  readonly level?: Level;
  readonly scope?: string;
  readonly permission?: Permission;
  readonly types?: readonly UserType[];
  readonly session?: 'given' | 'own' | 'recent' | 'recent-token';
  readonly kinds?: readonly PrincipalKind[];
}

/** Opens a handler to signed-in callers of at least `level` (default member) who meet all that is named. */
export function Roles(options: Opening = {}) {
  const rule: AccessRule = {
    ...careOf(options),
    public: false,
    level: options.level ?? 'member',
    scope: options.scope ?? null,
    permission: options.permission ?? null,
    types: options.types ?? null,
    session: options.session ?? 'any',
    kinds: options.kinds ?? ['user'],
  };
  return SetMetadata(ACCESS_RULE, rule);
}
