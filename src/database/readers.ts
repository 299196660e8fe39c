import type { Database, Statement } from 'better-sqlite3';
import type { Pool } from 'pg';
import type { DataSource } from 'typeorm';
import type { Reader } from './db.js';
import { asRefusal } from './faults.js';
import type { Sql } from './sql.js';

/** Reads SQLite through a connection of its own, so that nothing uncommitted is ever seen. */
export class SqliteReader implements Reader {
  private readonly database: Database;
  private readonly statements = new Map<string, Statement<unknown[]>>();

  constructor(source: DataSource) {
    this.database = (source.driver as unknown as { databaseConnection: Database }).databaseConnection;
  }

  async query<Row>(statement: Sql): Promise<Row[]> {
    const { text, parameters } = statement.compile('sqlite');
    const values = parameters.map((value) => (typeof value === 'boolean' ? Number(value) : value));
    return this.prepared(text).all(...values) as Row[];
  }

  private prepared(text: string): Statement<unknown[]> {
    const known = this.statements.get(text);
    if (known) return known;
    const fresh = this.database.prepare(text);
    if (this.statements.size < 500) this.statements.set(text, fresh);
    return fresh;
  }
}

/** Reads PostgreSQL through the pool of a data source, without TypeORM's own work around a query. */
export class PostgresReader implements Reader {
  private readonly pool: Pool;

  constructor(source: DataSource) {
    this.pool = (source.driver as unknown as { master: Pool }).master;
  }

  async query<Row>(statement: Sql): Promise<Row[]> {
    const { text, parameters } = statement.compile('postgres');
    try {
      return (await this.pool.query(text, parameters)).rows as Row[];
    } catch (error) {
      throw asRefusal(error);
    }
  }
}

/** Asks several readers in turn. */
export class RoundRobinReader implements Reader {
  private next = 0;

  constructor(private readonly readers: readonly [Reader, ...Reader[]]) {}

  query<Row>(statement: Sql): Promise<Row[]> {
    this.next = (this.next + 1) % this.readers.length;
    return (this.readers[this.next] ?? this.readers[0]).query<Row>(statement);
  }
}
