import type { Level, UserType } from '../levels.js';
import type { Authority, Permission } from '../permissions.js';

/** What a read request needs of a user, so that it answers without the database. Times in ms since 1970. */
export interface UserSummary {
  readonly id: string;
  readonly type: UserType;
  readonly level: Level;
  readonly email: string | null;
  readonly username: string | null;
  readonly firstName: string;
  readonly lastName: string;
  readonly phone: string | null;
  /** Such as `en_US`; null where it was never said. */
  readonly locale: string | null;
  readonly hasPassword: boolean;
  readonly isEmailConfirmed: boolean;
  readonly unsubscribedFromAll: boolean;
  readonly unsubscribedFrom: readonly string[];
  /** Free roles beside the level, in the order in which they were given. */
  readonly roles: readonly string[];
  /** An administrator's free role, and what it gives him beside his level. */
  readonly roleId: string | null;
  readonly permissions: readonly Permission[];
  readonly createdAt: number;
  readonly updatedAt: number;
}

/** What a whoami route tells of the session itself. Times in ms since 1970. */
export interface SessionSummary {
  /** SHA-256 of the credential that was shown, base64url. */
  readonly digest: string;
  readonly createdAt: number;
  readonly expiresAt: number;
  readonly address: string;
  readonly description: string;
}

/** How a user has shown who he is: by a session of his own, or by a permanent key. */
export type Via = 'session' | 'key';

/** Somebody signed in: one user behind one live grant. */
export interface UserPrincipal {
  readonly kind: 'user';
  readonly userId: string;
  readonly grantId: string;
  readonly clientId: string | null;
  readonly via: Via;
  /** His place on the ladder, or the key's where that is lower. */
  readonly level: Level;
  /** All that this credential gives of an administrator's permissions; null is whatever he has. */
  readonly permissionCap: readonly Permission[] | null;
  readonly roles: readonly string[];
  readonly scope: readonly string[];
  readonly surface: string;
  readonly authenticatedAt: number;
  readonly session: SessionSummary;
  readonly user: UserSummary;
}

/** Somebody in the middle of signing in. Counts at the one route that completes it, nowhere else. */
export interface PendingPrincipal {
  readonly kind: 'pending';
  readonly userId: string;
  readonly grantId: string;
  readonly needs: 'second-factor' | 'new-password';
}

/** A browser in which nobody is signed in; what it may see hangs on its session (002, collaborators). */
export interface GuestPrincipal {
  readonly kind: 'guest';
  readonly sessionId: string;
  /** SHA-256 of the cookie that was shown, base64url. */
  readonly digest: string;
}

/** An OAuth client speaking for itself. */
export interface ClientPrincipal {
  readonly kind: 'client';
  readonly clientId: string;
}

/** A configured service, such as the master key of 003. */
export interface ServicePrincipal {
  readonly kind: 'service';
  readonly name: string;
  readonly level: Level;
}

/** Every carrier of a credential ends in one of these. */
export type Principal =
  UserPrincipal | PendingPrincipal | GuestPrincipal | ClientPrincipal | ServicePrincipal;

export type PrincipalKind = Principal['kind'];

/** What a user may do by this credential: as much as he may, or less where it is narrower. */
export function authorityOf({ level, user, permissionCap }: UserPrincipal): Authority {
  return { type: user.type, level, permissions: user.permissions, cap: permissionCap };
}
