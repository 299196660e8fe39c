import type { RaRecord } from 'react-admin';
import type { Level } from '../api/me.js';

/** A user as `GET /v1/users/:id` shows him. */
export interface UserRecord extends RaRecord<string> {
  readonly level: Level;
  readonly state: 'active' | 'blocked' | 'new';
  readonly type: 'customer' | 'seller' | 'admin';
  readonly email: string | null;
}
