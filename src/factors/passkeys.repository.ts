import { Injectable } from '@nestjs/common';
import type { Db, Tx } from '../database/db.js';
import { asBoolean, asTexts, type SqlBoolean } from '../database/rows.js';
import { sql } from '../database/sql.js';
import type { PasskeyEntity } from './passkey.entity.js';
import { MOST_PASSKEYS, type KnownCredential, type Passkey, type PasskeyProof } from './passkey.js';

interface PasskeyRow {
  id: string;
  name: string;
  backed_up: SqlBoolean;
  created_at: number;
  last_used_at: number | null;
}

interface CredentialRow {
  id: string;
  user_id: string;
  credential_id: string;
  public_key: string;
  counter: number;
}

/** Passkeys, by the devices' names for them. */
@Injectable()
export class PasskeysRepository {
  /**
   * Keeps one; 'known' when somebody has a passkey of that name, 'full' when the user has as many as he
   * may. His row is locked before, so that of any number that race no more get in.
   */
  async insert(tx: Tx, passkey: PasskeyEntity): Promise<'kept' | 'known' | 'full'> {
    if ((await this.count(tx, passkey.userId)) >= MOST_PASSKEYS) return 'full';
    const rows = await tx.query(
      sql`INSERT INTO passkeys (id, user_id, credential_id, public_key, counter, transports, name, backed_up,
            created_at, last_used_at)
          VALUES (${passkey.id}, ${passkey.userId}, ${passkey.credentialId}, ${passkey.publicKey},
            ${passkey.counter}, ${JSON.stringify(passkey.transports)}, ${passkey.name}, ${passkey.backedUp},
            ${passkey.createdAt}, ${passkey.lastUsedAt})
          ON CONFLICT (credential_id) DO NOTHING RETURNING id`,
    );
    return rows.length > 0 ? 'kept' : 'known';
  }

  async count(db: Db, userId: string): Promise<number> {
    const [row] = await db.query<{ n: number }>(
      sql`SELECT COUNT(*) AS n FROM passkeys WHERE user_id = ${userId}`,
    );
    return row?.n ?? 0;
  }

  /** A user's, in order of their making. */
  async findOf(db: Db, userId: string): Promise<Passkey[]> {
    const rows = await db.query<PasskeyRow>(
      sql`SELECT id, name, backed_up, created_at, last_used_at FROM passkeys
          WHERE user_id = ${userId} ORDER BY id`,
    );
    return rows.map(toPasskey);
  }

  /** The devices' names for a user's passkeys, and how a browser reaches each. */
  async credentialsOf(
    db: Db,
    userId: string,
  ): Promise<{ credentialId: string; transports: readonly string[] }[]> {
    const rows = await db.query<{ credential_id: string; transports: string }>(
      sql`SELECT credential_id, transports FROM passkeys WHERE user_id = ${userId} ORDER BY id`,
    );
    return rows.map((row) => ({ credentialId: row.credential_id, transports: asTexts(row.transports) }));
  }

  async findByCredential(db: Db, credentialId: string): Promise<KnownCredential | null> {
    const [row] = await db.query<CredentialRow>(
      sql`SELECT id, user_id, credential_id, public_key, counter FROM passkeys
          WHERE credential_id = ${credentialId}`,
    );
    if (!row) return null;
    return {
      id: row.id,
      userId: row.user_id,
      credentialId: row.credential_id,
      publicKey: row.public_key,
      counter: row.counter,
    };
  }

  /**
   * Notes a use in one statement, if the passkey is still there and its count has gone up since the last
   * use; a device that counts nothing shows 0 each time.
   */
  async use(tx: Tx, { id, counter, isBackedUp }: PasskeyProof, now: number): Promise<boolean> {
    const hasGoneUp = counter === 0 ? sql`counter = 0` : sql`counter < ${counter}`;
    const rows = await tx.query(
      sql`UPDATE passkeys SET counter = ${counter}, backed_up = ${isBackedUp}, last_used_at = ${now}
          WHERE id = ${id} AND ${hasGoneUp} RETURNING id`,
    );
    return rows.length > 0;
  }

  async rename(tx: Tx, userId: string, id: string, name: string): Promise<Passkey | null> {
    const [row] = await tx.query<PasskeyRow>(
      sql`UPDATE passkeys SET name = ${name} WHERE id = ${id} AND user_id = ${userId}
          RETURNING id, name, backed_up, created_at, last_used_at`,
    );
    return row ? toPasskey(row) : null;
  }

  async delete(tx: Tx, userId: string, id: string): Promise<boolean> {
    const rows = await tx.query(
      sql`DELETE FROM passkeys WHERE id = ${id} AND user_id = ${userId} RETURNING id`,
    );
    return rows.length > 0;
  }

  /** Deletes all of a user's; answers whether there were any. */
  async deleteAll(tx: Tx, userId: string): Promise<boolean> {
    const rows = await tx.query(sql`DELETE FROM passkeys WHERE user_id = ${userId} RETURNING id`);
    return rows.length > 0;
  }
}

function toPasskey(row: PasskeyRow): Passkey {
  return {
    id: row.id,
    name: row.name,
    isBackedUp: asBoolean(row.backed_up),
    createdAt: row.created_at,
    lastUsedAt: row.last_used_at,
  };
}
