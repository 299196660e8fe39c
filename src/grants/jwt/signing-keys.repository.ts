import { Injectable } from '@nestjs/common';
import type { Db, Tx } from '../../database/db.js';
import { sql } from '../../database/sql.js';

/** A stored key pair; `isCurrent` for the one that signs. */
export interface StoredKey {
  readonly id: string;
  readonly isCurrent: boolean;
  readonly sealedPrivateKey: string;
  readonly publicJwk: string;
  readonly retiredAt: number | null;
}

interface KeyRow {
  id: string;
  slot: string | null;
  private_key: string;
  public_key: string;
  retired_at: number | null;
}

/** The keys that sign JWTs. */
@Injectable()
export class SigningKeysRepository {
  async findAll(db: Db): Promise<StoredKey[]> {
    const rows = await db.query<KeyRow>(
      sql`SELECT id, slot, private_key, public_key, retired_at FROM signing_keys ORDER BY created_at DESC`,
    );
    return rows.map((row) => ({
      id: row.id,
      isCurrent: row.slot === 'current',
      sealedPrivateKey: row.private_key,
      publicJwk: row.public_key,
      retiredAt: row.retired_at,
    }));
  }

  /** Writes the key that signs from now on. Breaks a unique rule while there is another one. */
  async insertCurrent(
    tx: Tx,
    key: { id: string; sealedPrivateKey: string; publicJwk: string },
    now: number,
  ): Promise<void> {
    await tx.execute(
      sql`INSERT INTO signing_keys (id, slot, private_key, public_key, created_at, retired_at)
          VALUES (${key.id}, 'current', ${key.sealedPrivateKey}, ${key.publicJwk}, ${now}, NULL)`,
    );
  }

  /** Retires the key that signs: it still verifies what it signed. */
  async retireCurrent(tx: Tx, now: number): Promise<void> {
    await tx.execute(sql`UPDATE signing_keys SET slot = NULL, retired_at = ${now} WHERE slot = 'current'`);
  }

  /** Deletes keys retired before `before`; answers how many. */
  async purge(tx: Tx, before: number): Promise<number> {
    const rows = await tx.query(sql`DELETE FROM signing_keys WHERE retired_at < ${before} RETURNING id`);
    return rows.length;
  }

  /** Puts the same private key, sealed anew, in the place of the one sealed before. */
  async reseal(tx: Tx, id: string, sealedPrivateKey: string): Promise<void> {
    await tx.execute(sql`UPDATE signing_keys SET private_key = ${sealedPrivateKey} WHERE id = ${id}`);
  }
}
