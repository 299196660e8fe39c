import type { Level, UserType } from '../common/levels.js';
import type { UserState } from './user.js';

/** Everything of a user that moves with him from one Gatehouse, or another system, to the next. Instants in ms since 1970. */
export interface MovableUser {
  /** By which id the system that he comes from knows him. */
  readonly externalId: string | null;
  readonly type: UserType;
  readonly level: Level;
  readonly state: UserState;
  readonly email: string | null;
  readonly emailConfirmedAt: number | null;
  readonly username: string | null;
  readonly phone: string | null;
  readonly card: string | null;
  readonly firstName: string;
  readonly lastName: string;
  readonly locale: string | null;
  readonly address: string | null;
  readonly zipCode: string | null;
  readonly passwordHash: string | null;
  /** Null where there is no password. */
  readonly passwordChangedAt: number | null;
  readonly acceptedTermsAt: number | null;
  readonly unsubscribedFromAll: boolean;
  readonly unsubscribedFrom: readonly string[];
  readonly roles: readonly string[];
  readonly networks: readonly string[];
  readonly createdAt: number;
}
