import { Injectable } from '@nestjs/common';
import type { Db } from '../database/db.js';
import { told, type DataSubject, type Told } from '../database/personal-data.service.js';
import { sql } from '../database/sql.js';

/** The manifests that declare somebody. */
@Injectable()
export class PersonalDeclarationsRepository {
  async tell(db: Db, { userId }: DataSubject): Promise<Told[]> {
    const rows = await db.query<{ kind: string; name: string; applied_at: number }>(
      sql`SELECT kind, name, applied_at FROM declarations WHERE subject_id = ${userId} ORDER BY kind, name`,
    );
    return rows.map(({ kind, name, applied_at }) => ({ kind, name, appliedAt: told(applied_at) }));
  }
}
