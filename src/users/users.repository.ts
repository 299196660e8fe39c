import { Injectable } from '@nestjs/common';
import { normaliseIdentifier } from '../common/identifier.js';
import type { Level, UserType } from '../common/levels.js';
import type { Db, Tx } from '../database/db.js';
import { join, sql, type Sql } from '../database/sql.js';
import { UserEntity, UserIdentifierEntity } from './user.entity.js';
import { identifiersOf } from './identifiers.js';
import { toUserRecord, USER_COLUMNS, type UserRow } from './user-rows.js';
import type { IdentifierKind, UserRecord, UserSort, UserState } from './user.js';

/** What a list of users can be ordered by. Null counts as empty. */
const SORT_COLUMNS = {
  id: sql`u.id`,
  firstName: sql`u.first_name`,
  lastName: sql`u.last_name`,
  email: sql`COALESCE(u.email, '')`,
  phone: sql`COALESCE(u.phone, '')`,
  username: sql`COALESCE(u.username, u.email, '')`,
  createdAt: sql`u.created_at`,
  state: sql`CASE WHEN u.state = 'active' THEN 1 ELSE 0 END`,
} as const satisfies Record<UserSort, Sql>;

/** Users and their identifiers. */
@Injectable()
export class UsersRepository {
  /** Writes a user with his identifiers. Breaks a unique rule when one of them is taken. */
  async insert(tx: Tx, user: UserEntity): Promise<void> {
    await tx.manager.insert(UserEntity, user);
    for (const [value, kind] of identifiersOf(user)) await this.insertIdentifier(tx, user.id, kind, value);
  }

  /**
   * Brings a user's identifiers in step with his fields, as they are in this unit. Breaks a unique
   * rule when a new one is somebody else's; his own stay untouched.
   */
  async syncIdentifiers(tx: Tx, userId: string): Promise<void> {
    const user = await this.findById(tx, userId);
    if (!user) return;
    const wanted = new Map(identifiersOf(user));
    const rows = await tx.query<{ value: string }>(
      sql`SELECT value FROM user_identifiers WHERE user_id = ${userId}`,
    );
    for (const { value } of rows) {
      if (!wanted.delete(value)) {
        await tx.execute(sql`DELETE FROM user_identifiers WHERE value = ${value}`);
      }
    }
    for (const [value, kind] of wanted) await this.insertIdentifier(tx, userId, kind, value);
  }

  /** Takes identifiers away until `syncIdentifiers` gives the user those of his fields, in the same unit. */
  async releaseIdentifiers(tx: Tx, userId: string, kinds: readonly IdentifierKind[]): Promise<void> {
    await tx.execute(
      sql`DELETE FROM user_identifiers WHERE user_id = ${userId} AND kind IN (${join(kinds)})`,
    );
  }

  private async insertIdentifier(tx: Tx, userId: string, kind: IdentifierKind, value: string): Promise<void> {
    await tx.manager.insert(UserIdentifierEntity, { value, kind, userId });
  }

  /** The user who has `identifier` in any spelling, or null. */
  findByIdentifier(db: Db, identifier: string): Promise<UserRecord | null> {
    return this.findOne(
      db,
      sql`user_identifiers i JOIN users u ON u.id = i.user_id WHERE i.value = ${normaliseIdentifier(identifier)}`,
    );
  }

  findById(db: Db, id: string): Promise<UserRecord | null> {
    return this.findOne(db, sql`users u WHERE u.id = ${id}`);
  }

  /** The user as he is, whom nobody else changes until this unit ends. */
  async lock(tx: Tx, id: string): Promise<UserRecord | null> {
    await tx.execute(sql`UPDATE users SET updated_at = updated_at WHERE id = ${id}`);
    return this.findById(tx, id);
  }

  /** Active users in order of creation, by position. */
  async findActivePage(db: Db, offset: number, limit: number): Promise<UserRecord[]> {
    const rows = await db.query<UserRow>(
      sql`SELECT ${USER_COLUMNS} FROM users u WHERE u.id IN (
            SELECT id FROM users WHERE state = 'active' ORDER BY id LIMIT ${limit} OFFSET ${offset}
          ) ORDER BY u.id`,
    );
    return rows.map(toUserRecord);
  }

  async countActive(db: Db): Promise<number> {
    const [row] = await db.query<{ n: number }>(sql`SELECT count(*) AS n FROM users WHERE state = 'active'`);
    return row?.n ?? 0;
  }

  /** Users of one type in the order of a column, upward or downward; of equals the older one first. */
  async findSortedPage(
    db: Db,
    page: { type: UserType; sort: UserSort; isDescending: boolean; offset: number; limit: number },
  ): Promise<UserRecord[]> {
    const direction = page.isDescending ? sql`DESC` : sql`ASC`;
    const rows = await db.query<UserRow>(
      sql`SELECT ${USER_COLUMNS} FROM users u WHERE u.type = ${page.type}
          ORDER BY ${SORT_COLUMNS[page.sort]} ${direction}, u.id LIMIT ${page.limit} OFFSET ${page.offset}`,
    );
    return rows.map(toUserRecord);
  }

  async countOfType(db: Db, type: UserType): Promise<number> {
    const [row] = await db.query<{ n: number }>(sql`SELECT count(*) AS n FROM users WHERE type = ${type}`);
    return Number(row?.n ?? 0);
  }

  async hasAnyOfType(db: Db, type: string): Promise<boolean> {
    const rows = await db.query(sql`SELECT 1 AS one FROM users WHERE type = ${type} LIMIT 1`);
    return rows.length > 0;
  }

  /**
   * Blocks or activates a user whose level is among `levels`; blocking ends his sessions. Answers
   * whether there is such a user; one who is in that state already is left as he is.
   */
  async setState(
    tx: Tx,
    id: string,
    state: UserState,
    levels: readonly Level[],
    now: number,
  ): Promise<boolean> {
    const ended = state === 'blocked' ? 1 : 0;
    const changed = await tx.query(
      sql`UPDATE users SET state = ${state}, grant_epoch = grant_epoch + ${ended}, updated_at = ${now}
          WHERE id = ${id} AND state <> ${state} AND level IN (${join(levels)}) RETURNING id`,
    );
    return changed.length > 0;
  }

  /**
   * Sets a password and ends every session and link in the same statement, unless the user was
   * blocked or had his sessions ended since `epoch` was read. Answers the new epoch, or null.
   */
  async setPassword(
    tx: Tx,
    change: { userId: string; epoch: number; hash: string; now: number },
  ): Promise<number | null> {
    const [row] = await tx.query<{ grant_epoch: number }>(
      sql`UPDATE users SET password_hash = ${change.hash}, password_changed_at = ${change.now},
            grant_epoch = grant_epoch + 1, updated_at = ${change.now}
          WHERE id = ${change.userId} AND grant_epoch = ${change.epoch} AND state <> 'blocked'
          RETURNING grant_epoch`,
    );
    return row?.grant_epoch ?? null;
  }

  /**
   * Sets a password whatever the state, and ends every session and link in the same statement;
   * answers the new epoch, or null when his level is not among `levels`.
   */
  async resetPassword(
    tx: Tx,
    change: { userId: string; hash: string; levels: readonly Level[]; now: number },
  ): Promise<number | null> {
    const [row] = await tx.query<{ grant_epoch: number }>(
      sql`UPDATE users SET password_hash = ${change.hash}, password_changed_at = ${change.now},
            grant_epoch = grant_epoch + 1, updated_at = ${change.now}
          WHERE id = ${change.userId} AND level IN (${join(change.levels)}) RETURNING grant_epoch`,
    );
    return row?.grant_epoch ?? null;
  }

  /** Ends every session and link, and the password where that is asked for, in one statement; answers the new epoch, or null. */
  async reclaim(
    tx: Tx,
    reclaimed: { userId: string; epoch: number; clearsPassword: boolean; now: number },
  ): Promise<number | null> {
    const password = reclaimed.clearsPassword
      ? sql`password_hash = NULL, password_changed_at = NULL,`
      : sql``;
    const [row] = await tx.query<{ grant_epoch: number }>(
      sql`UPDATE users SET ${password} grant_epoch = grant_epoch + 1, updated_at = ${reclaimed.now}
          WHERE id = ${reclaimed.userId} AND grant_epoch = ${reclaimed.epoch} AND state <> 'blocked'
          RETURNING grant_epoch`,
    );
    return row?.grant_epoch ?? null;
  }

  /** Puts a better hash of the same password in the place of `oldHash`; nothing else changes. */
  async replaceHash(tx: Tx, userId: string, oldHash: string, newHash: string): Promise<void> {
    await tx.execute(
      sql`UPDATE users SET password_hash = ${newHash} WHERE id = ${userId} AND password_hash = ${oldHash}`,
    );
  }

  /** Marks the address as confirmed, if it still is the user's; one who is `new` is active from then on. Answers whether it is. */
  async confirmEmail(tx: Tx, userId: string, address: string, now: number): Promise<boolean> {
    const rows = await tx.query(
      sql`UPDATE users SET email_confirmed_at = COALESCE(email_confirmed_at, ${now}),
            state = CASE WHEN state = 'new' THEN 'active' ELSE state END, updated_at = ${now}
          WHERE id = ${userId} AND email = ${address} RETURNING id`,
    );
    return rows.length > 0;
  }

  /** True when there is an active superuser beside this user, who stays so until the unit ends. */
  async hasOtherSuperuser(tx: Tx, id: string): Promise<boolean> {
    const lock = tx.dialect === 'postgres' ? sql`FOR UPDATE` : sql``;
    const rows = await tx.query<{ id: string }>(
      sql`SELECT id FROM users WHERE level = 'superuser' AND state = 'active' ORDER BY id ${lock}`,
    );
    return rows.some((row) => row.id !== id);
  }

  /** Deletes a user with all that hangs on him; answers whether he was there. */
  async delete(tx: Tx, id: string): Promise<boolean> {
    const rows = await tx.query(sql`DELETE FROM users WHERE id = ${id} RETURNING id`);
    return rows.length > 0;
  }

  /** Writes the given fields; the caller keeps identifiers in step. */
  async update(tx: Tx, id: string, fields: Partial<UserEntity>): Promise<void> {
    await tx.manager.update(UserEntity, { id }, fields);
  }

  private async findOne(db: Db, from: Sql): Promise<UserRecord | null> {
    const [row] = await db.query<UserRow>(sql`SELECT ${USER_COLUMNS} FROM ${from}`);
    return row ? toUserRecord(row) : null;
  }
}
