import { Injectable } from '@nestjs/common';
import type { Db, Tx } from '../database/db.js';
import { join, sql } from '../database/sql.js';
import type { MovableUser } from './movable-user.js';
import type { IdentifierKind } from './user.js';

/** One who is to be written, with his id, free role and normalised address. */
export interface UserToWrite {
  readonly id: string;
  readonly user: MovableUser;
  readonly roleId: string | null;
  readonly email: string | null;
}

/** Who has a normalised identifier, and as what. */
export interface Holder {
  readonly value: string;
  readonly kind: IdentifierKind;
  readonly userId: string;
}

/** An id by which another system knows somebody here. */
export interface ForeignId {
  readonly foreignId: string;
  readonly userId: string;
}

/** Users, their identifiers and foreign ids, very many at once: each list is one statement, and not empty. */
@Injectable()
export class BulkUsersRepository {
  async insert(tx: Tx, users: readonly UserToWrite[], now: number): Promise<void> {
    const rows = users.map(
      ({ id, user, roleId, email }) =>
        sql`(${id}, ${user.type}, ${user.level}, ${user.state}, ${email}, ${user.username},
          ${user.phone}, ${user.card}, ${user.firstName}, ${user.lastName}, ${user.locale},
          ${user.emailConfirmedAt}, ${user.passwordHash}, ${user.passwordChangedAt}, 0,
          ${user.unsubscribedFromAll}, ${JSON.stringify(user.unsubscribedFrom)},
          ${JSON.stringify(user.roles)}, ${JSON.stringify(user.networks)}, ${roleId}, ${user.address},
          ${user.zipCode}, ${user.acceptedTermsAt}, ${user.createdAt}, ${now})`,
    );
    await tx.execute(
      sql`INSERT INTO users (id, type, level, state, email, username, phone, card, first_name, last_name,
            locale, email_confirmed_at, password_hash, password_changed_at, grant_epoch,
            unsubscribed_from_all, unsubscribed_from, roles, networks, role_id, address, zip_code,
            accepted_terms_at, created_at, updated_at)
          VALUES ${join(rows)}`,
    );
  }

  /** Writes identifiers that nobody has; answers how many that were. */
  insertIdentifiers(tx: Tx, identifiers: readonly Holder[]): Promise<number> {
    const rows = identifiers.map(({ value, kind, userId }) => sql`(${value}, ${kind}, ${userId})`);
    return tx.execute(
      sql`INSERT INTO user_identifiers (value, kind, user_id) VALUES ${join(rows)} ON CONFLICT DO NOTHING`,
    );
  }

  /** Writes foreign ids that nobody has; answers how many that were. */
  insertForeignIds(tx: Tx, source: string, ids: readonly ForeignId[]): Promise<number> {
    const rows = ids.map(({ foreignId, userId }) => sql`(${source}, ${foreignId}, ${userId})`);
    return tx.execute(
      sql`INSERT INTO user_foreign_ids (source, foreign_id, user_id) VALUES ${join(rows)} ON CONFLICT DO NOTHING`,
    );
  }

  /** Who has any of these normalised identifiers. */
  findHolders(db: Db, values: readonly string[]): Promise<Holder[]> {
    return db.query<Holder>(
      sql`SELECT value, kind, user_id AS "userId" FROM user_identifiers WHERE value IN (${join(values)})`,
    );
  }

  /** Who has any of these ids of a source. */
  findByForeignIds(db: Db, source: string, ids: readonly string[]): Promise<ForeignId[]> {
    return db.query<ForeignId>(
      sql`SELECT foreign_id AS "foreignId", user_id AS "userId" FROM user_foreign_ids
          WHERE source = ${source} AND foreign_id IN (${join(ids)})`,
    );
  }

  /** The ids of a source that these users have. */
  findForeignIdsOf(db: Db, source: string, userIds: readonly string[]): Promise<ForeignId[]> {
    return db.query<ForeignId>(
      sql`SELECT foreign_id AS "foreignId", user_id AS "userId" FROM user_foreign_ids
          WHERE source = ${source} AND user_id IN (${join(userIds)})`,
    );
  }

  /** Takes users away again that the same unit of work has written, with all that hangs on them. */
  async withdraw(tx: Tx, ids: readonly string[]): Promise<void> {
    await tx.execute(sql`DELETE FROM users WHERE id IN (${join(ids)})`);
  }
}
