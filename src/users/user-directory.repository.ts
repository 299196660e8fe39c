import { Injectable } from '@nestjs/common';
import { LEVELS, USER_TYPES, type Level, type UserType } from '../common/levels.js';
import type { Db } from '../database/db.js';
import { firstIds } from '../database/merged.js';
import { join, sql } from '../database/sql.js';
import { toUserRecord, USER_COLUMNS, type UserRow } from './user-rows.js';
import { USER_STATES, type UserRecord, type UserState } from './user.js';

/** Which users; null is every one. */
export interface UserFilter {
  readonly type: UserType | null;
  readonly level: Level | null;
  readonly state: UserState | null;
}

/** One of a user's identifiers, with what a search looks at. */
export interface NamedUser {
  readonly identifier: string;
  readonly id: string;
  readonly type: UserType;
  readonly level: Level;
  readonly state: UserState;
  readonly email: string | null;
  readonly username: string | null;
  readonly phone: string | null;
  readonly card: string | null;
}

/** Users in lists. Whatever is asked for is read from its place in an index: no list is ever counted, scanned or sorted. */
@Injectable()
export class UserDirectoryRepository {
  /** The users after `afterId` who fit, in order of creation. */
  async findPage(
    db: Db,
    filter: UserFilter,
    { afterId, limit }: { afterId: string; limit: number },
  ): Promise<UserRecord[]> {
    const isFiltered = filter.type !== null || filter.level !== null || filter.state !== null;
    const ids = isFiltered
      ? firstIds(sql`users`, listsOf(filter, afterId), { limit })
      : sql`SELECT id FROM users WHERE id > ${afterId} ORDER BY id LIMIT ${limit}`;
    const rows = await db.query<UserRow>(
      sql`SELECT ${USER_COLUMNS} FROM users u WHERE u.id IN (${ids}) ORDER BY u.id`,
    );
    return rows.map(toUserRecord);
  }

  /** The next identifiers that begin with `prefix`, both normalised, with whose they are, in their own order. */
  findByPrefix(
    db: Db,
    prefix: string,
    { after, limit }: { after: string; limit: number },
  ): Promise<NamedUser[]> {
    // One lower bound: with two, the index might be entered where the search began.
    const begins = after.startsWith(prefix) ? sql`i.value > ${after}` : sql`i.value >= ${prefix}`;
    return db.query<NamedUser>(
      sql`SELECT i.value AS identifier, u.id, u.type, u.level, u.state, u.email, u.username, u.phone, u.card
          FROM user_identifiers i JOIN users u ON u.id = i.user_id
          WHERE ${begins} AND i.value < ${`${prefix}\u{10ffff}`}
          ORDER BY i.value LIMIT ${limit}`,
    );
  }

  /** These users in this order; one who is gone is left out. */
  async findAll(db: Db, ids: readonly string[]): Promise<UserRecord[]> {
    if (ids.length === 0) return [];
    const rows = await db.query<UserRow>(
      sql`SELECT ${USER_COLUMNS} FROM users u WHERE u.id IN (${join(ids)})`,
    );
    const users = new Map(rows.map((row) => [row.u_id, toUserRecord(row)]));
    return ids.flatMap((id) => users.get(id) ?? []);
  }
}

/** One list for each way of fitting, all of them in the index of type, level, state and id. */
function listsOf({ type, level, state }: UserFilter, afterId: string) {
  const each = <Value>(wanted: Value | null, all: readonly Value[]) => (wanted === null ? all : [wanted]);
  return each(type, USER_TYPES).flatMap((oneType) =>
    each(level, LEVELS).flatMap((oneLevel) =>
      each(state, USER_STATES).map(
        (oneState) =>
          sql`type = ${oneType} AND level = ${oneLevel} AND state = ${oneState} AND id > ${afterId}`,
      ),
    ),
  );
}
