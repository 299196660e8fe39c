import { Injectable } from '@nestjs/common';
import type { Db, Tx } from '../../database/db.js';
import { sql, type Sql } from '../../database/sql.js';
import type { Identity } from '../provider.js';

interface ProofRow {
  issuer: string;
  subject: string;
  label: string | null;
  email: string | null;
}

/** Identities that a provider has vouched for, by the digest of the secret that stands for them. */
@Injectable()
export class ProofsRepository {
  async insert(
    tx: Tx,
    proof: Identity & { digest: string; provider: string; expiresAt: number },
  ): Promise<void> {
    await tx.execute(
      sql`INSERT INTO sign_in_proofs (digest, provider, issuer, subject, label, email, expires_at)
          VALUES (${proof.digest}, ${proof.provider}, ${proof.issuer}, ${proof.subject}, ${proof.label},
            ${proof.email}, ${proof.expiresAt})`,
    );
  }

  async findLive(db: Db, provider: string, digest: string, now: number): Promise<Identity | null> {
    const [row] = await db.query<ProofRow>(
      sql`SELECT issuer, subject, label, email FROM sign_in_proofs WHERE ${isLive(provider, digest, now)}`,
    );
    return row ?? null;
  }

  /** Finds and kills: of two callers one is told true. */
  async consume(tx: Tx, provider: string, digest: string, now: number): Promise<boolean> {
    const rows = await tx.query(
      sql`DELETE FROM sign_in_proofs WHERE ${isLive(provider, digest, now)} RETURNING digest`,
    );
    return rows.length > 0;
  }

  /** Deletes up to `batch` that ended before `before`; answers how many. */
  async purge(tx: Tx, before: number, batch: number): Promise<number> {
    const rows = await tx.query(
      sql`DELETE FROM sign_in_proofs WHERE digest IN (
            SELECT digest FROM sign_in_proofs WHERE expires_at < ${before} LIMIT ${batch}
          ) RETURNING digest`,
    );
    return rows.length;
  }
}

function isLive(provider: string, digest: string, now: number): Sql {
  return sql`digest = ${digest} AND provider = ${provider} AND expires_at > ${now}`;
}
