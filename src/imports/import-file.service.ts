import { hash } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import type { Arrival, ArrivalOutcome, ImportCounts, ImportRun } from '../accounts/moving/import-run.js';
import { ImportUsers } from '../accounts/moving/import-users.service.js';
import type { Actor } from '../common/actor.js';
import { Clock, SECOND } from '../common/clock.js';
import { Overloaded } from '../common/errors.js';
import { rowBatches, type RowBatch, type UserFile } from './file-rows.js';
import { inWords, type ImportReport, type ImportWatch } from './import-report.js';
import { checkJsonlFields } from './jsonl-rows.js';
import type { ReadRow } from './read-row.js';
import { scanFile } from './scan-file.js';

/** So many rows are one unit of work. */
const BATCH = 1_000;
/** How often a unit of work is tried whose locks others hold. */
const TRIES = 20;

/** For so long at most others are given way, in ms: longer than they pause before they ask for the lock again. */
const LONGEST_BREAK = SECOND / 5;

/** How a file is imported. */
export interface ImportOptions {
  /** The system that the foreign ids are of. */
  readonly source: string;
  /** Tells what would happen, and writes nothing. */
  readonly dryRun: boolean;
  /** Writes nothing when any row is at fault. */
  readonly strict: boolean;
  /** Goes through a file that has been imported before from its first row. */
  readonly again: boolean;
}

/** Imports files of users. */
@Injectable()
export class ImportFile {
  constructor(
    private readonly users: ImportUsers,
    private readonly clock: Clock,
  ) {}

  /**
   * Lets everybody in who is told of in a file and not here yet, and tells every row that is at fault.
   * What is written with a part of the rows is noted with it: who imports the same file again, after
   * the process has died, goes on where it was.
   * @throws ImportFileFaulty for a file that cannot be gone on with; before anything is written, unless
   *   the fault is a quote somewhere in CSV after which no row could be told any more
   * @throws ImportOvertaken, InsufficientRights, ReauthenticationRequired, CredentialUnknown, Overloaded
   */
  async import(
    actor: Actor,
    file: UserFile,
    options: ImportOptions,
    watch: ImportWatch,
  ): Promise<ImportReport> {
    const { digest: content, bytes } = await scanFile(file.path);
    if (file.format === 'jsonl') await checkJsonlFields(file.path);
    const digest = hash('sha256', JSON.stringify([content, file.format, options.source]));
    const run = new Run(this.users, this.clock.now(), actor, file, options.source, bytes, watch);
    const givesWay = this.users.writesInTurn;
    if (options.dryRun)
      return { outcome: 'looked', ...(await run.look()), resumedAfter: 0, finishedAt: null };
    const earlier = options.again ? null : await this.users.find(digest);
    if (earlier?.finishedAt) {
      await run.look();
      return {
        outcome: 'finished-before',
        ...countsOf(earlier),
        resumedAfter: earlier.nextRow,
        finishedAt: earlier.finishedAt,
      };
    }
    if (options.strict) {
      const found = await run.look();
      if (found.faulty > 0) return { outcome: 'refused', ...found, resumedAfter: 0, finishedAt: null };
    }
    const begun = await this.users.begin(actor, digest, { anew: options.again });
    const finished = await this.users.finish(await run.write(begun, givesWay));
    return {
      outcome: 'imported',
      ...countsOf(finished),
      resumedAfter: begun.nextRow,
      finishedAt: finished.finishedAt,
    };
  }
}

/** One way through one file. */
class Run {
  constructor(
    private readonly users: ImportUsers,
    private readonly now: number,
    private readonly actor: Actor,
    private readonly file: UserFile,
    private readonly source: string,
    private readonly totalBytes: number,
    private readonly watch: ImportWatch,
  ) {}

  /** What would become of every row. */
  async look(): Promise<ImportCounts> {
    let counts: ImportCounts = { created: 0, alreadyThere: 0, faulty: 0 };
    for await (const { rows, bytes } of this.batches()) {
      const outcomes = await this.users.look(this.actor, this.source, arrivalsOf(rows));
      this.tell(rows, outcomes);
      counts = added(counts, rows, outcomes);
      this.watch.progress({ ...counts, isLooking: true, bytes, totalBytes: this.totalBytes });
    }
    return counts;
  }

  /**
   * Takes every row that an earlier run has not gone through.
   * @param givesWay where one at a time writes: others get their turn after each unit of work
   */
  async write(begun: ImportRun, givesWay: boolean): Promise<ImportRun> {
    let run = begun;
    let seen = 0;
    for await (const { rows, bytes } of this.batches()) {
      const old = rows.slice(0, Math.max(0, begun.nextRow - seen));
      const fresh = rows.slice(old.length);
      seen += rows.length;
      if (old.length > 0) {
        this.tell(old, await this.users.look(this.actor, this.source, arrivalsOf(old)));
      }
      if (fresh.length > 0) {
        const arrivals = arrivalsOf(fresh);
        const batch = { arrivals, faulty: fresh.length - arrivals.length };
        const since = performance.now();
        const taken = await patiently(() => this.users.take(this.actor, this.source, run, batch));
        this.tell(fresh, taken.outcomes);
        run = taken.run;
        if (givesWay) await delay(Math.min(performance.now() - since, LONGEST_BREAK));
      }
      this.watch.progress({ ...countsOf(run), isLooking: false, bytes, totalBytes: this.totalBytes });
    }
    return run;
  }

  /** The next rows are read while others wait for the database. */
  private async *batches(): AsyncGenerator<RowBatch> {
    const batches = rowBatches(this.file, this.now, BATCH);
    let next = batches.next();
    try {
      for (;;) {
        const found = await next;
        if (found.done) return;
        next = batches.next();
        // Its fault is told when its turn comes.
        next.catch(() => undefined);
        yield found.value;
      }
    } finally {
      await next.catch(() => undefined);
      await batches.return(undefined);
    }
  }

  private tell(rows: readonly ReadRow[], outcomes: readonly ArrivalOutcome[]): void {
    let next = 0;
    for (const { line, arrival, faults } of rows) {
      for (const fault of faults) this.watch.fault({ line, ...fault });
      const outcome = arrival === null ? undefined : outcomes[next++];
      if (typeof outcome === 'object') this.watch.fault({ line, ...inWords(outcome) });
    }
  }
}

function arrivalsOf(rows: readonly ReadRow[]): Arrival[] {
  return rows.flatMap(({ arrival }) => arrival ?? []);
}

function countsOf({ created, alreadyThere, faulty }: ImportCounts): ImportCounts {
  return { created, alreadyThere, faulty };
}

function added(
  counts: ImportCounts,
  rows: readonly ReadRow[],
  outcomes: readonly ArrivalOutcome[],
): ImportCounts {
  const created = outcomes.filter((outcome) => outcome === 'created').length;
  const alreadyThere = outcomes.filter((outcome) => outcome === 'already-there').length;
  return {
    created: counts.created + created,
    alreadyThere: counts.alreadyThere + alreadyThere,
    faulty: counts.faulty + rows.length - created - alreadyThere,
  };
}

/** A database that is busy with others is asked again. */
async function patiently<T>(work: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries++) {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof Overloaded) || tries === TRIES) throw error;
      await delay(SECOND / 2);
    }
  }
}
