import { Injectable } from '@nestjs/common';
import type { Tx } from '../database/db.js';
import { sql } from '../database/sql.js';
import type { SignInAttemptEntity } from './sign-in-attempt.entity.js';

/** Browsers that have left for a provider. */
@Injectable()
export class SignInAttemptsRepository {
  async insert(tx: Tx, attempt: SignInAttemptEntity): Promise<void> {
    const { digest, provider, browserDigest, secret, callback, expiresAt } = attempt;
    await tx.execute(
      sql`INSERT INTO sign_in_attempts (digest, provider, browser_digest, secret, callback, expires_at)
          VALUES (${digest}, ${provider}, ${browserDigest}, ${secret}, ${callback}, ${expiresAt})`,
    );
  }

  /** Finds and kills an attempt of this browser: of two callers one gets it. */
  async consume(
    tx: Tx,
    attempt: { digest: string; provider: string; browserDigest: string; now: number },
  ): Promise<{ secret: string; callback: string | null } | null> {
    const [row] = await tx.query<{ secret: string; callback: string | null }>(
      sql`DELETE FROM sign_in_attempts
          WHERE digest = ${attempt.digest} AND provider = ${attempt.provider}
            AND browser_digest = ${attempt.browserDigest} AND expires_at > ${attempt.now}
          RETURNING secret, callback`,
    );
    return row ?? null;
  }

  /** Deletes up to `batch` that ended before `before`; answers how many. */
  async purge(tx: Tx, before: number, batch: number): Promise<number> {
    const rows = await tx.query(
      sql`DELETE FROM sign_in_attempts WHERE digest IN (
            SELECT digest FROM sign_in_attempts WHERE expires_at < ${before} LIMIT ${batch}
          ) RETURNING digest`,
    );
    return rows.length;
  }
}
