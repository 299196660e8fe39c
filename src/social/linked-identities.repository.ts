import { Injectable } from '@nestjs/common';
import type { Db, Tx } from '../database/db.js';
import { uniqueViolation } from '../database/faults.js';
import { sql } from '../database/sql.js';
import type { LinkedIdentity } from './linked-identity.js';
import type { Identity } from './provider.js';
import { IdentityTaken } from './social.errors.js';

interface LinkedIdentityRow {
  id: string;
  issuer: string;
  subject: string;
  user_id: string;
  provider: string;
  label: string | null;
  created_at: number;
}

const COLUMNS = sql`id, issuer, subject, user_id, provider, label, created_at`;

/** Accounts elsewhere, each of one user. */
@Injectable()
export class LinkedIdentitiesRepository {
  /** @throws IdentityTaken when it is linked already, whoever's it is */
  async insert(tx: Tx, identity: LinkedIdentity): Promise<void> {
    const { id, issuer, subject, userId, provider, label, createdAt } = identity;
    try {
      await tx.execute(
        sql`INSERT INTO linked_identities (${COLUMNS})
            VALUES (${id}, ${issuer}, ${subject}, ${userId}, ${provider}, ${label}, ${createdAt})`,
      );
    } catch (error) {
      throw uniqueViolation(error) === 'linked_identities' ? new IdentityTaken({}, { cause: error }) : error;
    }
  }

  async find(
    db: Db,
    { issuer, subject }: Pick<Identity, 'issuer' | 'subject'>,
  ): Promise<LinkedIdentity | null> {
    const [row] = await db.query<LinkedIdentityRow>(
      sql`SELECT ${COLUMNS} FROM linked_identities WHERE issuer = ${issuer} AND subject = ${subject}`,
    );
    return row ? toLinkedIdentity(row) : null;
  }

  /** True while it is linked to the user; it then stays so until the unit ends. */
  async isLinkedForUpdate(tx: Tx, id: string, userId: string): Promise<boolean> {
    const lock = tx.dialect === 'postgres' ? sql`FOR SHARE` : sql``;
    const rows = await tx.query(
      sql`SELECT id FROM linked_identities WHERE id = ${id} AND user_id = ${userId} ${lock}`,
    );
    return rows.length > 0;
  }

  /** Those of a user, in order of linking. */
  async findOf(db: Db, userId: string): Promise<LinkedIdentity[]> {
    const rows = await db.query<LinkedIdentityRow>(
      sql`SELECT ${COLUMNS} FROM linked_identities WHERE user_id = ${userId} ORDER BY id`,
    );
    return rows.map(toLinkedIdentity);
  }

  async deleteOf(tx: Tx, userId: string): Promise<void> {
    await tx.execute(sql`DELETE FROM linked_identities WHERE user_id = ${userId}`);
  }

  async delete(tx: Tx, id: string): Promise<void> {
    await tx.execute(sql`DELETE FROM linked_identities WHERE id = ${id}`);
  }
}

function toLinkedIdentity(row: LinkedIdentityRow): LinkedIdentity {
  const { user_id: userId, created_at: createdAt, ...rest } = row;
  return { ...rest, userId, createdAt };
}
