import { Injectable } from '@nestjs/common';
import type { Db, Tx } from '../database/db.js';
import { join, sql, type Sql } from '../database/sql.js';
import type { AccountChange, PersonalAccount } from './personal-account.js';

interface AccountRow {
  id: number;
  owner_id: string;
  name: string;
  display_name: string | null;
  description: string | null;
  avatar: string | null;
  profile_cover: string | null;
}

const COLUMNS = sql`id, owner_id, name, display_name, description, avatar, profile_cover`;

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

  /** Accounts after `afterId` in order of creation, of one owner or of everybody. */
  async findPage(
    db: Db,
    page: { ownerId: string | null; afterId: number; limit: number },
  ): Promise<PersonalAccount[]> {
    const ofOwner = page.ownerId === null ? sql`` : sql`AND owner_id = ${page.ownerId}`;
    const rows = await db.query<AccountRow>(
      sql`SELECT ${COLUMNS} FROM accounts WHERE id > ${page.afterId} ${ofOwner} ORDER BY id LIMIT ${page.limit}`,
    );
    return rows.map(toAccount);
  }

  /** Writes what is given and answers the account as it is then; null when there is none of this owner. */
  async update(
    tx: Tx,
    account: { id: number; ownerId: string },
    change: AccountChange,
    now: number,
  ): Promise<PersonalAccount | null> {
    const [row] = await tx.query<AccountRow>(
      sql`UPDATE accounts SET ${join([sql`updated_at = ${now}`, ...assignments(change)])}
          WHERE id = ${account.id} AND owner_id = ${account.ownerId} RETURNING ${COLUMNS}`,
    );
    return row ? toAccount(row) : null;
  }

  private async findOne(db: Db, condition: Sql): Promise<PersonalAccount | null> {
    const [row] = await db.query<AccountRow>(sql`SELECT ${COLUMNS} FROM accounts WHERE ${condition}`);
    return row ? toAccount(row) : null;
  }
}

function assignments({ displayName, description, images }: AccountChange): Sql[] {
  return [
    ...(displayName === undefined ? [] : [sql`display_name = ${displayName}`]),
    ...(description === undefined ? [] : [sql`description = ${description}`]),
    ...(images.avatar === undefined ? [] : [sql`avatar = ${images.avatar}`]),
    ...(images.profileCover === undefined ? [] : [sql`profile_cover = ${images.profileCover}`]),
  ];
}

function toAccount(row: AccountRow): PersonalAccount {
  return {
    id: row.id,
    ownerId: row.owner_id,
    name: row.name,
    displayName: row.display_name ?? row.name,
    description: row.description ?? '',
    images: { avatar: row.avatar, profileCover: row.profile_cover },
  };
}
