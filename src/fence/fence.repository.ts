import { Injectable } from '@nestjs/common';
import { Reader, type Tx } from '../database/db.js';
import { join, sql } from '../database/sql.js';
import type { Subject } from './subject.js';

export interface Change {
  readonly seq: number;
  readonly subject: Subject;
}

/** The table of changes and the row that numbers them. */
@Injectable()
export class FenceRepository {
  constructor(private readonly reader: Reader) {}

  /** Numbers and writes changes. The row lock is held to the commit, so `seq` is the order of the commits. */
  async append(tx: Tx, subjects: readonly Subject[], at: number): Promise<void> {
    const [row] = await tx.query<{ n: number }>(
      sql`UPDATE fence SET n = n + ${subjects.length} WHERE id = 1 RETURNING n`,
    );
    if (!row) throw new Error('The fence has lost its row');
    const first = row.n - subjects.length + 1;
    const rows = subjects.map((subject, index) => sql`(${first + index}, ${subject}, ${at})`);
    await tx.query(sql`INSERT INTO change (seq, subject, at) VALUES ${join(rows)}`);
  }

  /** The newest number given out in a committed unit of work. */
  async findHead(): Promise<number> {
    const [row] = await this.reader.query<{ n: number }>(sql`SELECT n FROM fence WHERE id = 1`);
    return row?.n ?? 0;
  }

  /** Committed changes after `seq`, in order. Always of the primary. */
  findAfter(seq: number): Promise<Change[]> {
    return this.reader.query<Change>(sql`SELECT seq, subject FROM change WHERE seq > ${seq} ORDER BY seq`);
  }

  /** Deletes up to `batch` changes older than `before`; answers how many. */
  async purge(tx: Tx, before: number, batch: number): Promise<number> {
    const rows = await tx.query(
      sql`DELETE FROM change WHERE seq IN (SELECT seq FROM change WHERE at < ${before} ORDER BY seq LIMIT ${batch}) RETURNING seq`,
    );
    return rows.length;
  }
}
