import type { RaRecord } from 'react-admin';
import type { Me } from '../api/me.js';
import { isAbove, type Level } from '../api/vocabulary.js';

/** A user as `GET /v1/users/:id` shows him. */
export interface UserRecord extends RaRecord<string> {
  readonly level: Level;
  readonly state: 'active' | 'blocked' | 'new';
  readonly type: 'customer' | 'seller' | 'admin';
  readonly email: string | null;
  readonly username: string | null;
  readonly firstName: string;
  readonly lastName: string;
  readonly locale: string | null;
  readonly emailConfirmed: boolean;
}

/** Nobody acts on his equals; superusers alone change each other, and send each other password links. */
export const mayChange = (me: Me, user: UserRecord): boolean =>
  me.level === 'superuser' || isAbove(me.level, user.level);
