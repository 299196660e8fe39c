import { Injectable } from '@nestjs/common';
import type { Db, Tx } from '../database/db.js';
import { sql } from '../database/sql.js';
import type { Profile, ProfileKind } from './profile.js';

interface ProfileRow {
  id: string;
  kind: ProfileKind;
  owner_id: string;
  name: string;
  details: string;
  created_at: number;
  updated_at: number;
}

const COLUMNS = sql`id, kind, owner_id, name, details, created_at, updated_at`;

/** Artists and venues. */
@Injectable()
export class ProfilesRepository {
  async insert(tx: Tx, profile: Profile): Promise<void> {
    await tx.execute(
      sql`INSERT INTO profiles (${COLUMNS}) VALUES (${profile.id}, ${profile.kind}, ${profile.ownerId},
            ${profile.name}, ${JSON.stringify(profile.details)}, ${profile.createdAt}, ${profile.updatedAt})`,
    );
  }

  async findById(db: Db, kind: ProfileKind, id: string): Promise<Profile | null> {
    const [row] = await db.query<ProfileRow>(
      sql`SELECT ${COLUMNS} FROM profiles WHERE id = ${id} AND kind = ${kind}`,
    );
    return row ? toProfile(row) : null;
  }

  /** The profiles of a user, in order of creation. */
  async findOf(db: Db, ownerId: string): Promise<Profile[]> {
    const rows = await db.query<ProfileRow>(
      sql`SELECT ${COLUMNS} FROM profiles WHERE owner_id = ${ownerId} ORDER BY id`,
    );
    return rows.map(toProfile);
  }

  /** Writes name and details, if the profile is the owner's; answers whether it is. */
  async update(
    tx: Tx,
    profile: Pick<Profile, 'id' | 'ownerId' | 'name' | 'details' | 'updatedAt'>,
  ): Promise<boolean> {
    const rows = await tx.query(
      sql`UPDATE profiles SET name = ${profile.name}, details = ${JSON.stringify(profile.details)},
            updated_at = ${profile.updatedAt}
          WHERE id = ${profile.id} AND owner_id = ${profile.ownerId} RETURNING id`,
    );
    return rows.length > 0;
  }

  async delete(tx: Tx, id: string): Promise<boolean> {
    const rows = await tx.query(sql`DELETE FROM profiles WHERE id = ${id} RETURNING id`);
    return rows.length > 0;
  }
}

function toProfile(row: ProfileRow): Profile {
  return {
    id: row.id,
    kind: row.kind,
    ownerId: row.owner_id,
    name: row.name,
    details: JSON.parse(row.details) as Record<string, string>,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  };
}
