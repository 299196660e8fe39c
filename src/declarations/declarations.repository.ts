import { Injectable } from '@nestjs/common';
import { Clock } from '../common/clock.js';
import type { Db, Tx } from '../database/db.js';
import { join, sql } from '../database/sql.js';

/** A value that a declaration last gave to a field; a secret is there as its HMAC. */
export type AppliedValue = string | boolean | readonly string[] | null;

export interface Declaration {
  readonly subjectId: string;
  readonly applied: Readonly<Record<string, AppliedValue>>;
}

/** What was declared, and last applied, by kind and name. */
@Injectable()
export class DeclarationsRepository {
  constructor(private readonly clock: Clock) {}

  async find(db: Db, kind: string, name: string): Promise<Declaration | null> {
    const [row] = await db.query<{ subject_id: string; applied: string }>(
      sql`SELECT subject_id, applied FROM declarations WHERE kind = ${kind} AND name = ${name}`,
    );
    return row
      ? { subjectId: row.subject_id, applied: JSON.parse(row.applied) as Declaration['applied'] }
      : null;
  }

  /** Keeps what was applied, in place of what was applied before. */
  async save(tx: Tx, kind: string, name: string, declaration: Declaration): Promise<void> {
    const applied = JSON.stringify(declaration.applied);
    await tx.execute(
      sql`INSERT INTO declarations (kind, name, subject_id, applied, applied_at)
          VALUES (${kind}, ${name}, ${declaration.subjectId}, ${applied}, ${this.clock.now()})
          ON CONFLICT (kind, name) DO UPDATE SET subject_id = excluded.subject_id,
            applied = excluded.applied, applied_at = excluded.applied_at`,
    );
  }

  /** Forgets one declaration: the next time it is made it counts as new. */
  async forget(tx: Tx, kind: string, name: string): Promise<void> {
    await tx.execute(sql`DELETE FROM declarations WHERE kind = ${kind} AND name = ${name}`);
  }

  /** Forgets what these kinds applied to a subject; answers whether there was anything. */
  async remove(tx: Tx, kinds: readonly string[], subjectId: string): Promise<boolean> {
    const rows = await tx.query(
      sql`DELETE FROM declarations WHERE subject_id = ${subjectId} AND kind IN (${join(kinds)}) RETURNING kind`,
    );
    return rows.length > 0;
  }
}
