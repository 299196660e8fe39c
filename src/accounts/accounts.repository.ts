import { Injectable } from '@nestjs/common';
import type { Db, Tx } from '../database/db.js';
import { sql, type Sql } from '../database/sql.js';
import type { PersonalAccount } from './personal-account.js';

interface AccountRow {
  id: number;
  owner_id: string;
  name: string;
  display_name: string | null;
  description: string | null;
}

/** Personal accounts. */
@Injectable()
export class AccountsRepository {
  async insert(tx: Tx, account: { ownerId: string; name: string; now: number }): Promise<void> {
    const { ownerId, name, now } = account;
    await tx.execute(
      sql`INSERT INTO accounts (owner_id, name, created_at, updated_at) VALUES (${ownerId}, ${name}, ${now}, ${now})`,
    );
  }

  findByOwner(db: Db, ownerId: string): Promise<PersonalAccount | null> {
    return this.findOne(db, sql`owner_id = ${ownerId}`);
  }

  findById(db: Db, id: number): Promise<PersonalAccount | null> {
    return this.findOne(db, sql`id = ${id}`);
  }

  async update(
    tx: Tx,
    id: number,
    change: { displayName: string; description: string | null; now: number },
  ): Promise<void> {
    await tx.execute(
      sql`UPDATE accounts SET display_name = ${change.displayName}, description = ${change.description},
            updated_at = ${change.now} WHERE id = ${id}`,
    );
  }

  private async findOne(db: Db, condition: Sql): Promise<PersonalAccount | null> {
    const [row] = await db.query<AccountRow>(
      sql`SELECT id, owner_id, name, display_name, description FROM accounts WHERE ${condition}`,
    );
    if (!row) return null;
    const { id, owner_id: ownerId, name, display_name: displayName, description } = row;
    return { id, ownerId, name, displayName: displayName ?? name, description: description ?? '' };
  }
}
