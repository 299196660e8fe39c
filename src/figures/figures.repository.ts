import { Injectable } from '@nestjs/common';
import { DAY } from '../common/clock.js';
import type { Db, Tx } from '../database/db.js';
import { join, sql, type Sql } from '../database/sql.js';
import type { Count, Figure } from './figure.js';

interface CountRow {
  at: number;
  name: Figure;
  n: number | string;
}

/** Figures: one row for each that is not zero in an hour. */
@Injectable()
export class FiguresRepository {
  /** Adds to what is there, hour by hour and in one order everywhere, so that no two nodes lock each other out. */
  async add(tx: Tx, counts: readonly Count[]): Promise<void> {
    const values = [...counts]
      .sort((one, other) => one.at - other.at || (one.figure < other.figure ? -1 : 1))
      .map(({ at, figure, n }) => sql`(${at}, ${figure}, ${n})`);
    await tx.execute(
      sql`INSERT INTO figures (hour, name, n) VALUES ${join(values)}
          ON CONFLICT (hour, name) DO UPDATE SET n = figures.n + excluded.n`,
    );
  }

  /** The figures of the hours from `from` until before `to`. */
  findHours(db: Db, from: number, to: number): Promise<Count[]> {
    return this.find(db, sql`SELECT hour AS at, name, n FROM figures WHERE hour >= ${from} AND hour < ${to}`);
  }

  /** The same by days (UTC): what happened in a day, and of the sessions those of its busiest hour. */
  findDays(db: Db, from: number, to: number): Promise<Count[]> {
    return this.find(
      db,
      sql`SELECT hour - hour % ${DAY} AS at, name,
            CASE WHEN name = 'sessions' THEN max(n) ELSE sum(n) END AS n
          FROM figures WHERE hour >= ${from} AND hour < ${to} GROUP BY 1, 2`,
    );
  }

  /** Deletes up to `batch` figures of hours before `before`; answers how many. */
  purge(tx: Tx, before: number, batch: number): Promise<number> {
    return tx.execute(
      sql`DELETE FROM figures WHERE (hour, name) IN (
            SELECT hour, name FROM figures WHERE hour < ${before} ORDER BY hour LIMIT ${batch})`,
    );
  }

  private async find(db: Db, statement: Sql): Promise<Count[]> {
    const rows = await db.query<CountRow>(statement);
    // PostgreSQL answers a sum of bigints as text.
    return rows.map(({ at, name, n }) => ({ at: Number(at), figure: name, n: Number(n) }));
  }
}
