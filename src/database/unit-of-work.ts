import { setTimeout as delay } from 'node:timers/promises';
import { Logger } from '@nestjs/common';
import type { PoolClient } from 'pg';
import type { DataSource, QueryRunner } from 'typeorm';
import { Overloaded } from '../common/errors.js';
import { Tx } from './db.js';
import type { Dialect } from './dialect.js';
import { asRefusal, isBusy, isTransient } from './faults.js';

/** `uow.run` was called inside another `uow.run` without handing its tx down; on SQLite it would wait for itself. */
export class NestedUnitOfWork extends Error {
  constructor() {
    super('uow.run inside uow.run: hand the tx down instead');
    this.name = 'NestedUnitOfWork';
  }
}

/** A statement of the unit failed and its error was swallowed: PostgreSQL can only undo such a unit. */
export class UnitOfWorkSpoilt extends Error {
  constructor() {
    super('A statement of this unit of work failed; it must not go on as if it had not');
    this.name = 'UnitOfWorkSpoilt';
  }
}

const LOCK_PATIENCE = 5_000;
const RETRIES = 3;
const BODY_MARK = unitOfWorkBody.name;

/**
 * Opens units of work on the primary. What a unit writes is committed whole or not at all, and is on
 * disk when `run` resolves. On SQLite units run one after another, first in, first out.
 */
export class UnitOfWork {
  private readonly logger = new Logger(UnitOfWork.name);
  private tail: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly primary: DataSource,
    readonly dialect: Dialect,
  ) {}

  /**
   * Runs `work` in one transaction and answers what it answers. `work` may be run again after a
   * deadlock, so it must have no effect but through `tx`, and must not wait for mail, HTTP or hashing.
   * @throws Overloaded when the database is away, or the lock is not had within 5 s.
   * @throws NestedUnitOfWork when called from inside another unit's `work`.
   * @throws UnitOfWorkSpoilt when `work` swallowed the error of a failed statement (PostgreSQL).
   */
  async run<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    if (isInsideUnit()) throw new NestedUnitOfWork();
    const deadline = Date.now() + LOCK_PATIENCE;
    try {
      return this.dialect === 'sqlite'
        ? await this.inTurn(() => this.attempt(work, deadline))
        : await this.attempt(work, deadline);
    } catch (error) {
      throw asRefusal(error);
    }
  }

  private inTurn<T>(next: () => Promise<T>): Promise<T> {
    const turn = this.tail.then(next);
    this.tail = turn.catch(() => undefined);
    return turn;
  }

  private async attempt<T>(work: (tx: Tx) => Promise<T>, deadline: number): Promise<T> {
    for (let retry = 0; ; retry++) {
      try {
        return await this.once(work, deadline);
      } catch (error) {
        if (retry === RETRIES || !isTransient(error)) throw error;
        await delay(5 * 2 ** retry * (1 + Math.random()));
      }
    }
  }

  private async once<T>(work: (tx: Tx) => Promise<T>, deadline: number): Promise<T> {
    const runner = this.primary.createQueryRunner();
    try {
      await this.begin(runner, deadline);
      const tx = new Tx(runner, this.dialect);
      try {
        const result = await unitOfWorkBody(work, tx);
        await this.commit(runner);
        this.runAfterCommit(tx.end());
        return result;
      } catch (error) {
        tx.end();
        if (runner.isTransactionActive) await this.rollback(runner);
        throw error;
      }
    } finally {
      if (this.dialect === 'postgres') await runner.release();
    }
  }

  /** BEGIN, repeated in JavaScript while another process holds SQLite's lock: the driver's own wait blocks the event loop. */
  private async begin(runner: QueryRunner, deadline: number): Promise<void> {
    for (let pause = 2; ; pause = Math.min(pause * 2, 50)) {
      try {
        return await runner.startTransaction();
      } catch (error) {
        // TypeORM marks the transaction as active before BEGIN has succeeded.
        (runner as { isTransactionActive: boolean }).isTransactionActive = false;
        if (!isBusy(error)) throw error;
        if (Date.now() > deadline) throw new Overloaded(1, { cause: error });
        await delay(pause);
      }
    }
  }

  /** PostgreSQL answers the COMMIT of a unit that swallowed a failed statement with a rollback, and no error. */
  private async commit(runner: QueryRunner): Promise<void> {
    if (this.dialect === 'sqlite') return runner.commitTransaction();
    const connection = (await runner.connect()) as PoolClient;
    const { command } = await connection.query('COMMIT');
    (runner as { isTransactionActive: boolean }).isTransactionActive = false;
    if (command !== 'COMMIT') throw new UnitOfWorkSpoilt();
  }

  private async rollback(runner: QueryRunner): Promise<void> {
    try {
      await runner.rollbackTransaction();
    } catch (error) {
      this.logger.warn(`A rollback failed: ${(error as Error).message}`);
    }
  }

  private runAfterCommit(callbacks: readonly (() => void)[]): void {
    for (const callback of callbacks) {
      try {
        callback();
      } catch (error) {
        this.logger.error(`After a commit: ${(error as Error).message}`);
      }
    }
  }
}

async function unitOfWorkBody<T>(work: (tx: Tx) => Promise<T>, tx: Tx): Promise<T> {
  const result = await work(tx);
  await tx.flush();
  return result;
}

/**
 * V8 tells the awaiting frames too, so a unit below us shows in the stack; no context has to be carried
 * for it. The frames are read as they are: in a written stack a source map may rename the functions.
 */
function isInsideUnit(): boolean {
  const errors: StackSettings = Error;
  const { stackTraceLimit, prepareStackTrace } = errors;
  errors.stackTraceLimit = 50;
  errors.prepareStackTrace = (_error, frames) =>
    frames.some((frame) => frame.getFunctionName() === BODY_MARK);
  const found = new Error().stack as unknown as boolean;
  errors.prepareStackTrace = prepareStackTrace;
  errors.stackTraceLimit = stackTraceLimit;
  return found;
}

interface StackSettings {
  stackTraceLimit: number;
  prepareStackTrace?: (error: Error, frames: NodeJS.CallSite[]) => unknown;
}
