import type { Level, UserType } from '../../common/levels.js';

/** A user as an administrator wants him to be made; what is left out is empty, or as by default. */
export interface UserDraft {
  readonly type?: UserType;
  /** By default the lowest; of an administrator manager. */
  readonly level?: Level;
  readonly email: string;
  readonly username?: string | null;
  readonly phone?: string | null;
  readonly card?: string | null;
  readonly firstName?: string;
  readonly lastName?: string;
  readonly locale?: string | null;
  /** An administrator's free role. */
  readonly roleId?: string | null;
  readonly networks?: readonly string[];
  /** Without one, the link to set one is mailed. */
  readonly password?: string | null;
}

/** What an administrator changes of a user; what is left out stays. */
export type UserEdit = Partial<Omit<UserDraft, 'password'>>;
