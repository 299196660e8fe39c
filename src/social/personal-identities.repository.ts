import { Injectable } from '@nestjs/common';
import type { Db, Tx } from '../database/db.js';
import {
  told,
  toldPage,
  type DataSubject,
  type Look,
  type ToldPage,
} from '../database/personal-data.service.js';
import { sql } from '../database/sql.js';

interface IdentityRow {
  id: string;
  provider: string;
  issuer: string;
  subject: string;
  label: string | null;
  created_at: number;
}

/** Somebody's accounts elsewhere. */
@Injectable()
export class PersonalIdentitiesRepository {
  async tell(db: Db, { userId }: DataSubject, look: Look): Promise<ToldPage> {
    const rows = await db.query<IdentityRow>(
      sql`SELECT id, provider, issuer, subject, label, created_at FROM linked_identities
          WHERE user_id = ${userId} AND id > ${look.after ?? ''} ORDER BY id LIMIT ${look.limit}`,
    );
    return toldPage(
      rows,
      look,
      ({ id }) => id,
      ({ created_at, ...row }) => ({ ...row, linkedAt: told(created_at) }),
    );
  }

  /** Deletes what providers have vouched for a moment ago of these accounts, and of his address. */
  async forgetProofs(tx: Tx, { userId, confirmedAddress }: DataSubject): Promise<void> {
    const ofAddress = confirmedAddress === null ? sql`` : sql`OR LOWER(email) = ${confirmedAddress}`;
    await tx.execute(
      sql`DELETE FROM sign_in_proofs WHERE (issuer, subject) IN (
            SELECT issuer, subject FROM linked_identities WHERE user_id = ${userId}) ${ofAddress}`,
    );
  }
}
