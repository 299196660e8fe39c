import type { Level, UserType } from '../common/levels.js';
import type { UserState } from '../users/user.js';

/** The kinds of manifest that declare users; what each applied is remembered apart. */
export const DECLARING_KINDS = ['User', 'BackupUser'] as const;

export type DeclaringKind = (typeof DECLARING_KINDS)[number];

/** A user as a manifest declares him (contract 2); undefined is not declared. */
export interface DeclaredUser {
  /** The kind of manifest that declares him; `User` when left out. */
  readonly kind?: DeclaringKind;
  readonly name: string;
  readonly type: UserType;
  readonly level: Level | 'blocked';
  /** For a kind that does not tell it by the level: true blocks, false lets in again. */
  readonly deactivated?: boolean;
  readonly email?: string;
  readonly emailVerified?: boolean;
  readonly firstName?: string;
  readonly lastName?: string;
  readonly phone?: string;
  readonly loyaltyCardNumber?: string;
  /** Free roles, in the order in which they are shown. */
  readonly roles?: readonly string[];
  /** Addresses and CIDR ranges from which his credentials count; an empty list is every address. */
  readonly networks?: readonly string[];
  readonly password?: DeclaredPassword;
}

export type DeclaredPassword =
  { readonly kind: 'plain'; readonly text: string } | { readonly kind: 'hash'; readonly text: string };

/** The place on the ladder and the state that are declared; a level of blocked keeps the user's place. */
export function levelAndState({ level, deactivated }: Pick<DeclaredUser, 'level' | 'deactivated'>): {
  level?: Level;
  state: UserState;
} {
  if (level === 'blocked') return { state: 'blocked' };
  return { level, state: deactivated ? 'blocked' : 'active' };
}
