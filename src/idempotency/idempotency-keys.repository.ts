import { Injectable } from '@nestjs/common';
import type { Db, Tx } from '../database/db.js';
import { sql } from '../database/sql.js';

/** A key that came before. */
export interface KnownKey {
  readonly requestMac: string;
  readonly objectId: string;
}

/** Keys of creations, as digests. */
@Injectable()
export class IdempotencyKeysRepository {
  async find(db: Db, digest: string, createdAfter: number): Promise<KnownKey | null> {
    const [row] = await db.query<{ request_mac: string; object_id: string }>(
      sql`SELECT request_mac, object_id FROM idempotency_keys
          WHERE digest = ${digest} AND created_at > ${createdAfter}`,
    );
    return row ? { requestMac: row.request_mac, objectId: row.object_id } : null;
  }

  /** Takes the key for this unit; breaks a unique rule when another has it. One that has ended goes. */
  async take(
    tx: Tx,
    key: { digest: string; requestMac: string; now: number; endedBefore: number },
  ): Promise<void> {
    await tx.execute(
      sql`DELETE FROM idempotency_keys WHERE digest = ${key.digest} AND created_at <= ${key.endedBefore}`,
    );
    await tx.execute(
      sql`INSERT INTO idempotency_keys (digest, request_mac, object_id, created_at)
          VALUES (${key.digest}, ${key.requestMac}, '', ${key.now})`,
    );
  }

  async setObject(tx: Tx, digest: string, objectId: string): Promise<void> {
    await tx.execute(sql`UPDATE idempotency_keys SET object_id = ${objectId} WHERE digest = ${digest}`);
  }

  /** Forgets what was made: who repeats its creation is told that it is gone, and makes it no second time. */
  async forgetObject(tx: Tx, objectId: string): Promise<void> {
    await tx.execute(sql`UPDATE idempotency_keys SET object_id = '' WHERE object_id = ${objectId}`);
  }

  /** Deletes up to `batch` of those made before `endedBefore`; answers how many. */
  purge(tx: Tx, endedBefore: number, batch: number): Promise<number> {
    return tx.execute(
      sql`DELETE FROM idempotency_keys WHERE digest IN (
            SELECT digest FROM idempotency_keys WHERE created_at <= ${endedBefore}
            ORDER BY created_at LIMIT ${batch})`,
    );
  }
}
