import { Injectable } from '@nestjs/common';
import type { Tx } from '../database/db.js';
import { sql } from '../database/sql.js';

/** Personal accounts. */
@Injectable()
export class AccountsRepository {
  async insert(tx: Tx, account: { ownerId: string; name: string; now: number }): Promise<void> {
    const { ownerId, name, now } = account;
    await tx.execute(
      sql`INSERT INTO accounts (owner_id, name, created_at, updated_at) VALUES (${ownerId}, ${name}, ${now}, ${now})`,
    );
  }
}
