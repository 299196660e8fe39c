import type { Level, UserType } from '../common/levels.js';
import type { UserState } from '../users/user.js';

/** A user as a manifest declares him (contract 2); undefined is not declared. */
export interface DeclaredUser {
  readonly name: string;
  readonly type: UserType;
  readonly level: Level | 'blocked';
  readonly email?: string;
  readonly emailVerified?: boolean;
  readonly firstName?: string;
  readonly lastName?: string;
  readonly phone?: string;
  readonly loyaltyCardNumber?: string;
  readonly password?: DeclaredPassword;
}

export type DeclaredPassword =
  { readonly kind: 'plain'; readonly text: string } | { readonly kind: 'hash'; readonly text: string };

/** Splits the declared level into the place on the ladder and the state; blocked keeps his place. */
export function levelAndState(level: DeclaredUser['level']): { level?: Level; state: UserState } {
  return level === 'blocked' ? { state: 'blocked' } : { level, state: 'active' };
}
