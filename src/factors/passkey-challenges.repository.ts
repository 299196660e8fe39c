import { Injectable } from '@nestjs/common';
import type { Tx } from '../database/db.js';
import { sql } from '../database/sql.js';
import { PasskeyChallengeEntity } from './passkey-challenge.entity.js';

/** Challenges, as digests. */
@Injectable()
export class PasskeyChallengesRepository {
  async insert(tx: Tx, challenge: PasskeyChallengeEntity): Promise<void> {
    await tx.manager.insert(PasskeyChallengeEntity, challenge);
  }

  /** Uses one up in one statement: of any number that race, one is told true. */
  async consume(tx: Tx, challenge: Omit<PasskeyChallengeEntity, 'expiresAt'>, now: number): Promise<boolean> {
    const { digest, purpose, holderDigest } = challenge;
    const rows = await tx.query(
      sql`DELETE FROM passkey_challenges
          WHERE digest = ${digest} AND purpose = ${purpose} AND holder_digest = ${holderDigest}
            AND expires_at > ${now} RETURNING digest`,
    );
    return rows.length > 0;
  }

  /** Deletes up to `batch` that have expired; answers how many. */
  async purge(tx: Tx, now: number, batch: number): Promise<number> {
    const rows = await tx.query(
      sql`DELETE FROM passkey_challenges WHERE digest IN (
            SELECT digest FROM passkey_challenges WHERE expires_at <= ${now} ORDER BY expires_at LIMIT ${batch}
          ) RETURNING digest`,
    );
    return rows.length;
  }
}
