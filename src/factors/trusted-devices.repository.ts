import { Injectable } from '@nestjs/common';
import type { Db, Tx } from '../database/db.js';
import { sql } from '../database/sql.js';
import { TrustedDeviceEntity } from './trusted-device.entity.js';
import type { DeviceProof, TrustedDevice } from './trusted-device.js';

interface DeviceRow {
  id: string;
  user_agent: string;
  address: string;
  created_at: number;
  last_used_at: number;
  expires_at: number;
}

/** What still counts: not expired, and trusted since the user's sessions were last ended all at once. */
const counts = (now: number) => sql`expires_at > ${now}
  AND epoch = (SELECT u.grant_epoch FROM users u WHERE u.id = trusted_devices.user_id)`;

/** Trusted devices, by the digests of their cookies. */
@Injectable()
export class TrustedDevicesRepository {
  async insert(tx: Tx, device: TrustedDeviceEntity): Promise<void> {
    await tx.manager.insert(TrustedDeviceEntity, device);
  }

  async isTrusted(db: Db, { userId, digest }: DeviceProof, now: number): Promise<boolean> {
    const rows = await db.query(
      sql`SELECT id FROM trusted_devices WHERE user_id = ${userId} AND digest = ${digest} AND ${counts(now)}`,
    );
    return rows.length > 0;
  }

  /** Notes a use of a device that still counts; answers whether it does. */
  async use(tx: Tx, { userId, digest }: DeviceProof, now: number): Promise<boolean> {
    const rows = await tx.query(
      sql`UPDATE trusted_devices SET last_used_at = ${now}
          WHERE user_id = ${userId} AND digest = ${digest} AND ${counts(now)} RETURNING id`,
    );
    return rows.length > 0;
  }

  /** The user's devices that count, in order of their making. */
  async findPage(
    db: Db,
    page: { userId: string; afterId: string; limit: number; now: number },
  ): Promise<TrustedDevice[]> {
    const rows = await db.query<DeviceRow>(
      sql`SELECT id, user_agent, address, created_at, last_used_at, expires_at FROM trusted_devices
          WHERE user_id = ${page.userId} AND id > ${page.afterId} AND ${counts(page.now)}
          ORDER BY id LIMIT ${page.limit}`,
    );
    return rows.map((row) => ({
      id: row.id,
      userAgent: row.user_agent,
      address: row.address,
      createdAt: row.created_at,
      lastUsedAt: row.last_used_at,
      expiresAt: row.expires_at,
    }));
  }

  /** Deletes one device of a user, if it still counted; answers whether it did. */
  async delete(tx: Tx, userId: string, id: string, now: number): Promise<boolean> {
    const rows = await tx.query(
      sql`DELETE FROM trusted_devices WHERE id = ${id} AND user_id = ${userId} AND ${counts(now)} RETURNING id`,
    );
    return rows.length > 0;
  }

  /** Deletes the device with this cookie, if it is the user's. */
  async deleteByDigest(tx: Tx, { userId, digest }: DeviceProof): Promise<void> {
    await tx.execute(sql`DELETE FROM trusted_devices WHERE user_id = ${userId} AND digest = ${digest}`);
  }

  /** Deletes all of a user's; answers whether there were any. */
  async deleteAll(tx: Tx, userId: string): Promise<boolean> {
    const rows = await tx.query(sql`DELETE FROM trusted_devices WHERE user_id = ${userId} RETURNING id`);
    return rows.length > 0;
  }

  /** Deletes up to `batch` that have expired; answers how many. */
  async purge(tx: Tx, now: number, batch: number): Promise<number> {
    const rows = await tx.query(
      sql`DELETE FROM trusted_devices WHERE id IN (
            SELECT id FROM trusted_devices WHERE expires_at <= ${now} ORDER BY expires_at LIMIT ${batch}
          ) RETURNING id`,
    );
    return rows.length;
  }
}
