import type { Level, UserType } from '../common/levels.js';
import type { UserSummary } from '../common/security/principal.js';

/** `new` is one who registered himself and must first confirm his address; he cannot sign in. */
export const USER_STATES = ['active', 'blocked', 'new'] as const;
export type UserState = (typeof USER_STATES)[number];

export type IdentifierKind = 'email' | 'username' | 'phone' | 'card';

/** What is needed to make a user. A name or address that is left out is null or empty. */
export interface NewUser {
  readonly type: UserType;
  readonly level: Level;
  readonly state?: UserState;
  readonly email: string | null;
  readonly username?: string | null;
  readonly phone?: string | null;
  readonly card?: string | null;
  readonly firstName?: string;
  readonly lastName?: string;
  readonly locale?: string | null;
  readonly hasAcceptedTerms?: boolean;
  readonly isEmailConfirmed?: boolean;
  readonly passwordHash: string | null;
  readonly roles?: readonly string[];
  readonly networks?: readonly string[];
  readonly roleId?: string | null;
}

/** A user with what only the core may see: his hash and his epoch, read before hashing. */
export interface UserRecord extends UserSummary {
  readonly state: UserState;
  readonly card: string | null;
  readonly address: string | null;
  readonly zipCode: string | null;
  readonly emailConfirmedAt: number | null;
  readonly passwordHash: string | null;
  readonly passwordChangedAt: number | null;
  /** Where his credentials count; empty is everywhere. */
  readonly networks: readonly string[];
  readonly grantEpoch: number;
}

/** Fields of a user that his owner edits. */
export interface ProfileChange {
  readonly firstName?: string;
  readonly lastName?: string;
  readonly locale?: string;
  readonly address?: string | null;
  readonly zipCode?: string | null;
  readonly unsubscribedFromAll?: boolean;
  readonly unsubscribedFrom?: readonly string[];
}

/** Fields of a user that an authority over him sets; what is left out stays. */
export interface UserFields {
  readonly type?: UserType;
  readonly level?: Level;
  readonly state?: UserState;
  readonly email?: string | null;
  readonly username?: string | null;
  readonly phone?: string | null;
  readonly card?: string | null;
  readonly firstName?: string;
  readonly lastName?: string;
  readonly locale?: string | null;
  readonly isEmailConfirmed?: boolean;
  readonly roles?: readonly string[];
  readonly networks?: readonly string[];
  readonly roleId?: string | null;
}

/** What a list of users can be ordered by. */
export type UserSort =
  'id' | 'firstName' | 'lastName' | 'email' | 'phone' | 'username' | 'createdAt' | 'state';
