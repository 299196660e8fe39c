import { Injectable } from '@nestjs/common';
import { lowerOf, type Level } from '../common/levels.js';
import type { Db, Tx } from '../database/db.js';
import { asTexts } from '../database/rows.js';
import { join, sql, type Sql } from '../database/sql.js';
import type { ApiKeyEntity } from './api-key.entity.js';
import type { ApiKey } from './api-key.js';

/** 9999-12-31: the end of what has none. */
export const NEVER = 253_402_300_799_000;

interface KeyRow {
  id: string;
  name: string;
  hint: string;
  created_by: string | null;
  user_id: string;
  level: Level | null;
  user_level: Level;
  networks: string | null;
  created_at: number;
  expires_at: number;
  last_used_at: number;
}

/** Alive: not revoked, and its owner's sessions not ended since. */
const LIVE_KEYS = sql`api_keys k JOIN grants g ON g.id = k.grant_id JOIN users u ON u.id = g.user_id
  WHERE g.revoked_at IS NULL AND g.epoch = u.grant_epoch`;

/** Permanent keys by name; their grants and credentials are kept by `grants`. */
@Injectable()
export class ApiKeysRepository {
  async insert(tx: Tx, key: ApiKeyEntity): Promise<void> {
    await tx.execute(
      sql`INSERT INTO api_keys (grant_id, name, hint, created_by)
          VALUES (${key.grantId}, ${key.name}, ${key.hint}, ${key.createdBy})`,
    );
  }

  async setHint(tx: Tx, id: string, hint: string): Promise<void> {
    await tx.execute(sql`UPDATE api_keys SET hint = ${hint} WHERE grant_id = ${id}`);
  }

  /** The living keys after `afterId`, of one owner or of everybody, in order of creation. */
  findPage(
    db: Db,
    page: { ownerId: string | null; afterId: string; limit: number; now: number },
  ): Promise<ApiKey[]> {
    const ofOwner = page.ownerId === null ? sql`` : sql`AND g.user_id = ${page.ownerId}`;
    return this.find(
      db,
      sql`AND g.id > ${page.afterId} AND g.expires_at > ${page.now} ${ofOwner} ORDER BY g.id LIMIT ${page.limit}`,
    );
  }

  /** A living key, expired or not. */
  async findById(db: Db, id: string): Promise<ApiKey | null> {
    const [key] = await this.find(db, sql`AND g.id = ${id}`);
    return key ?? null;
  }

  /** Which of these users have a key that counts. */
  async findOwners(db: Db, userIds: readonly string[], now: number): Promise<ReadonlySet<string>> {
    if (userIds.length === 0) return new Set();
    const rows = await db.query<{ user_id: string }>(
      sql`SELECT DISTINCT g.user_id FROM ${LIVE_KEYS} AND g.expires_at > ${now} AND g.user_id IN (${join(userIds)})`,
    );
    return new Set(rows.map((row) => row.user_id));
  }

  /** The living keys of an owner, those called `name` if it is given. */
  async idsOf(db: Db, ownerId: string, name: string | null): Promise<string[]> {
    const named = name === null ? sql`` : sql`AND k.name = ${name}`;
    const rows = await db.query<{ id: string }>(
      sql`SELECT g.id AS id FROM ${LIVE_KEYS} AND g.user_id = ${ownerId} ${named}`,
    );
    return rows.map((row) => row.id);
  }

  /** Forgets the secrets of a key: they may be chosen again. */
  async forgetSecrets(tx: Tx, grantId: string): Promise<void> {
    await tx.execute(sql`DELETE FROM credentials WHERE grant_id = ${grantId} AND use = 'key'`);
  }

  /** Forgets those of these secrets that open nothing any more. */
  async forgetDeadSecrets(tx: Tx, digests: readonly string[], now: number): Promise<void> {
    await tx.execute(
      sql`DELETE FROM credentials WHERE digest IN (${join(digests)}) AND use = 'key' AND (
            expires_at <= ${now} OR EXISTS (
              SELECT 1 FROM grants g JOIN users u ON u.id = g.user_id WHERE g.id = credentials.grant_id
                AND (g.revoked_at IS NOT NULL OR g.epoch <> u.grant_epoch OR g.expires_at <= ${now})
            ))`,
    );
  }

  /** Whose key it is that has a secret with one of these digests and counts, or null. */
  async holderOf(db: Db, digests: readonly string[], now: number): Promise<string | null> {
    const [row] = await db.query<{ user_id: string }>(
      sql`SELECT g.user_id FROM ${LIVE_KEYS} AND g.expires_at > ${now} AND g.id IN (
            SELECT grant_id FROM credentials WHERE digest IN (${join(digests)}) AND expires_at > ${now})`,
    );
    return row?.user_id ?? null;
  }

  /** Has the secrets of a key end at `until`, unless they end before. */
  async endSecrets(tx: Tx, grantId: string, until: number): Promise<void> {
    await tx.execute(
      sql`UPDATE credentials SET expires_at = ${until}
          WHERE grant_id = ${grantId} AND use = 'key' AND expires_at > ${until}`,
    );
  }

  private async find(db: Db, condition: Sql): Promise<ApiKey[]> {
    const rows = await db.query<KeyRow>(
      sql`SELECT g.id AS id, k.name AS name, k.hint AS hint, k.created_by AS created_by, g.user_id AS user_id,
            g.level AS level, u.level AS user_level, g.networks AS networks, g.created_at AS created_at,
            g.expires_at AS expires_at, g.last_used_at AS last_used_at
          FROM ${LIVE_KEYS} ${condition}`,
    );
    return rows.map(toApiKey);
  }
}

function toApiKey(row: KeyRow): ApiKey {
  return {
    id: row.id,
    name: row.name,
    hint: row.hint,
    ownerId: row.user_id,
    createdBy: row.created_by,
    level: row.level === null ? row.user_level : lowerOf(row.level, row.user_level),
    networks: asTexts(row.networks),
    createdAt: row.created_at,
    expiresAt: row.expires_at >= NEVER ? null : row.expires_at,
    lastUsedAt: row.last_used_at > row.created_at ? row.last_used_at : null,
  };
}
