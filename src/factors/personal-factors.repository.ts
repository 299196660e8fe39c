import { Injectable } from '@nestjs/common';
import type { Db } from '../database/db.js';
import {
  told,
  toldPage,
  type DataSubject,
  type Look,
  type Told,
  type ToldPage,
} from '../database/personal-data.service.js';
import { sql } from '../database/sql.js';

interface AppRow {
  created_at: number;
  confirmed_at: number | null;
}

interface EmailRow {
  address: string | null;
  enabled_at: number | null;
}

interface DeviceRow {
  id: string;
  user_agent: string;
  address: string;
  created_at: number;
  last_used_at: number;
  expires_at: number;
}

/** What somebody shows beside his password, and where he need not: kinds, names and times. */
@Injectable()
export class PersonalFactorsRepository {
  async tell(db: Db, { userId }: DataSubject): Promise<Told[]> {
    const apps = await db.query<AppRow>(
      sql`SELECT created_at, confirmed_at FROM totp_factors WHERE user_id = ${userId}`,
    );
    const emails = await db.query<EmailRow>(
      sql`SELECT address, enabled_at FROM email_factors WHERE user_id = ${userId} AND enabled_at IS NOT NULL`,
    );
    return [
      ...apps.map((row) => ({
        ...{ kind: 'app', address: null },
        ...{ addedAt: told(row.created_at), confirmedAt: told(row.confirmed_at) },
      })),
      ...emails.map((row) => ({
        ...{ kind: 'email', address: row.address },
        ...{ addedAt: told(row.enabled_at), confirmedAt: told(row.enabled_at) },
      })),
    ];
  }

  async tellRecoveryCodes(db: Db, { userId }: DataSubject): Promise<Told> {
    const [row] = await db.query<{ n: number; made_at: number | null }>(
      sql`SELECT COUNT(*) AS n, MAX(created_at) AS made_at FROM recovery_codes
          WHERE user_id = ${userId} AND used_at IS NULL`,
    );
    return { left: Number(row?.n ?? 0), createdAt: told(row?.made_at ?? null) };
  }

  async tellDevices(db: Db, { userId }: DataSubject, look: Look): Promise<ToldPage> {
    const rows = await db.query<DeviceRow>(
      sql`SELECT id, user_agent, address, created_at, last_used_at, expires_at FROM trusted_devices
          WHERE user_id = ${userId} AND id > ${look.after ?? ''} ORDER BY id LIMIT ${look.limit}`,
    );
    return toldPage(
      rows,
      look,
      ({ id }) => id,
      (row) => ({
        ...{ id: row.id, address: row.address, userAgent: row.user_agent },
        ...{ createdAt: told(row.created_at), lastUsedAt: told(row.last_used_at) },
        expiresAt: told(row.expires_at),
      }),
    );
  }
}
