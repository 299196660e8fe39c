import { Injectable } from '@nestjs/common';
import type { Db, Tx } from '../../database/db.js';
import { sql } from '../../database/sql.js';
import type { ImportRun } from './import-run.js';

const COLUMNS = sql`digest, next_row AS "nextRow", created, already_there AS "alreadyThere", faulty,
  started_at AS "startedAt", finished_at AS "finishedAt"`;

/** How far imports have come. */
@Injectable()
export class ImportRunsRepository {
  async find(db: Db, digest: string): Promise<ImportRun | null> {
    const [run] = await db.query<ImportRun>(
      sql`SELECT ${COLUMNS} FROM user_imports WHERE digest = ${digest}`,
    );
    return run ?? null;
  }

  /** Has an import begin, unless it has begun already; with `anew` from the first row in any case. */
  async begin(tx: Tx, digest: string, anew: boolean, now: number): Promise<void> {
    if (anew) await tx.execute(sql`DELETE FROM user_imports WHERE digest = ${digest}`);
    await tx.execute(
      sql`INSERT INTO user_imports
            (digest, next_row, created, already_there, faulty, started_at, updated_at, finished_at)
          VALUES (${digest}, 0, 0, 0, 0, ${now}, ${now}, NULL) ON CONFLICT DO NOTHING`,
    );
  }

  /** Moves an import on from where it was; false when it is not there any more. */
  async advance(tx: Tx, from: ImportRun, to: ImportRun, now: number): Promise<boolean> {
    const moved = await tx.execute(
      sql`UPDATE user_imports SET next_row = ${to.nextRow}, created = ${to.created},
            already_there = ${to.alreadyThere}, faulty = ${to.faulty}, updated_at = ${now},
            finished_at = ${to.finishedAt}
          WHERE digest = ${from.digest} AND next_row = ${from.nextRow} AND finished_at IS NULL`,
    );
    return moved > 0;
  }

  /** Deletes at most `batch` that were not moved on since `before`; answers how many. */
  async purge(tx: Tx, before: number, batch: number): Promise<number> {
    const rows = await tx.query(
      sql`DELETE FROM user_imports WHERE digest IN (
            SELECT digest FROM user_imports WHERE updated_at <= ${before} LIMIT ${batch}
          ) RETURNING digest`,
    );
    return rows.length;
  }
}
