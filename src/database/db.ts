import type { EntityManager, QueryRunner } from 'typeorm';
import type { Dialect } from './dialect.js';
import type { Sql } from './sql.js';

/** Anything that answers a read: a unit of work, or the read connection. */
export interface Db {
  /** The rows that the statement gives, keyed by column name. */
  query<Row>(statement: Sql): Promise<Row[]>;
}

/** What is read outside a unit of work: committed data only, never a replica. */
export abstract class Reader implements Db {
  abstract query<Row>(statement: Sql): Promise<Row[]>;
}

/** For lists and counts that may be a little behind: a replica where one is configured. */
export abstract class ReportReader implements Db {
  abstract query<Row>(statement: Sql): Promise<Row[]>;
}

/** A unit of work was used after it had been committed or rolled back. */
export class UnitOfWorkEnded extends Error {
  constructor() {
    super('This unit of work has ended; its tx must not leave the function given to uow.run');
    this.name = 'UnitOfWorkEnded';
  }
}

/** One running unit of work. Whatever is written through it is committed together or not at all. */
export class Tx implements Db {
  private ended = false;
  private readonly beforeCommits = new Map<object, () => Promise<void>>();
  private readonly afterCommits: (() => void)[] = [];

  constructor(
    private readonly runner: QueryRunner,
    readonly dialect: Dialect,
  ) {}

  /** TypeORM's manager inside this unit, for plain inserts by entity. */
  get manager(): EntityManager {
    this.assertLive();
    return this.runner.manager;
  }

  async query<Row>(statement: Sql): Promise<Row[]> {
    this.assertLive();
    const { text, parameters } = statement.compile(this.dialect);
    const result = await this.runner.query(text, parameters, true);
    return result.records as Row[];
  }

  /** Runs a statement without RETURNING and tells how many rows it changed. */
  async execute(statement: Sql): Promise<number> {
    this.assertLive();
    const { text, parameters } = statement.compile(this.dialect);
    const result = await this.runner.query(text, parameters, true);
    return result.affected ?? 0;
  }

  /** Has `fn` run once, as the last thing before the commit; a second one for the same `owner` is ignored. */
  beforeCommit(owner: object, fn: () => Promise<void>): void {
    this.assertLive();
    if (!this.beforeCommits.has(owner)) this.beforeCommits.set(owner, fn);
  }

  /** Has `fn` run after the commit; it is not run when the unit fails, and must not throw. */
  afterCommit(fn: () => void): void {
    this.assertLive();
    this.afterCommits.push(fn);
  }

  /** For the unit of work only. */
  async flush(): Promise<void> {
    for (const fn of this.beforeCommits.values()) await fn();
  }

  /** For the unit of work only: ends this tx and gives back what is to run after the commit. */
  end(): readonly (() => void)[] {
    this.ended = true;
    return this.afterCommits;
  }

  private assertLive(): void {
    if (this.ended) throw new UnitOfWorkEnded();
  }
}
