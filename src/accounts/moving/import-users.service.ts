import { Injectable } from '@nestjs/common';
import { Audit } from '../../audit/audit.service.js';
import type { Actor } from '../../common/actor.js';
import { Clock } from '../../common/clock.js';
import { Reader } from '../../database/db.js';
import { UnitOfWork } from '../../database/unit-of-work.js';
import { Sessions } from '../../grants/sessions.service.js';
import type { Made } from '../../users/bulk-users.service.js';
import { authorityOfActor } from '../actor-authority.js';
import { CreateUser, type Newcomer } from '../create-user.service.js';
import { CheckUser } from '../managed-users/check-user.service.js';
import type { Arrival, ArrivalOutcome, ImportBatch, ImportRun } from './import-run.js';
import { ImportRunsRepository } from './import-runs.repository.js';
import { JudgeArrivals, type Verdict } from './judge-arrivals.service.js';
import { ImportOvertaken } from './moving.errors.js';

/** Somebody who stands above the lowest: whoever imports may make such people. */
const RAISED = { type: 'admin', level: 'manager', roleId: null } as const;

/** Lets people in from elsewhere, very many at a time. Mails nobody, hashes nothing. */
@Injectable()
export class ImportUsers {
  constructor(
    private readonly runs: ImportRunsRepository,
    private readonly judge: JudgeArrivals,
    private readonly createUser: CreateUser,
    private readonly check: CheckUser,
    private readonly sessions: Sessions,
    private readonly audit: Audit,
    private readonly unitOfWork: UnitOfWork,
    private readonly reader: Reader,
    private readonly clock: Clock,
  ) {}

  /** True where one at a time writes, and the others wait for their turn. */
  get writesInTurn(): boolean {
    return this.unitOfWork.dialect === 'sqlite';
  }

  /** How far the import of a file has come; null when it never began. */
  find(digest: string): Promise<ImportRun | null> {
    return this.runs.find(this.reader, digest);
  }

  /**
   * Has the import of a file begin, or answers how far it has come; with `anew` it begins in any case. The
   * audit trail tells of every run, by the digest of its file.
   * @throws InsufficientRights, ReauthenticationRequired of a user who imports by anything but a session
   *   of his own in which he has shown who he is a moment ago
   */
  async begin(actor: Actor, digest: string, { anew }: { anew: boolean }): Promise<ImportRun> {
    await this.check.assertMayMake(this.reader, RAISED, actor);
    return this.unitOfWork.run(async (tx) => {
      await this.sessions.assertLive(tx, actor.principal);
      await this.runs.begin(tx, digest, anew, this.clock.now());
      const run = await this.runs.find(tx, digest);
      if (!run) throw new ImportOvertaken();
      await this.audit.record(tx, actor, { kind: 'users.imported', objectId: digest });
      return run;
    });
  }

  /** What `take` would do with each of these, in order. Writes nothing. @throws InsufficientRights */
  async look(actor: Actor, source: string, arrivals: readonly Arrival[]): Promise<ArrivalOutcome[]> {
    const verdicts = await this.judge.judge(this.reader, source, arrivals, authorityOfActor(actor));
    return verdicts.map((verdict) => outcomeOf(verdict, null));
  }

  /**
   * Lets the next rows of a file in, each as `CreateUser` does, and notes in the same unit of work how far
   * the import has come. Who is here already stays as he is; who stands in somebody's way, or may do
   * more than the caller, is told and left out, and so is one whom somebody overtakes at this moment.
   * @throws ImportOvertaken with nothing written, when another process imports the same file
   * @throws InsufficientRights, CredentialUnknown, Overloaded
   */
  take(
    actor: Actor,
    source: string,
    run: ImportRun,
    batch: ImportBatch,
  ): Promise<{ run: ImportRun; outcomes: ArrivalOutcome[] }> {
    const caller = authorityOfActor(actor);
    return this.unitOfWork.run(async (tx) => {
      await this.sessions.assertLive(tx, actor.principal);
      const verdicts = await this.judge.judge(tx, source, batch.arrivals, caller);
      const made = await this.createUser.createAll(tx, actor, source, newcomersOf(batch.arrivals, verdicts));
      const outcomes = outcomesOf(verdicts, made);
      const moved = movedOn(run, batch, outcomes);
      if (!(await this.runs.advance(tx, run, moved, this.clock.now()))) throw new ImportOvertaken();
      return { run: moved, outcomes };
    });
  }

  /** Notes that the file has come to its end. @throws ImportOvertaken */
  async finish(run: ImportRun): Promise<ImportRun> {
    const now = this.clock.now();
    const finished = { ...run, finishedAt: now };
    await this.unitOfWork.run(async (tx) => {
      if (!(await this.runs.advance(tx, run, finished, now))) throw new ImportOvertaken();
    });
    return finished;
  }
}

function newcomersOf(arrivals: readonly Arrival[], verdicts: readonly Verdict[]): Newcomer[] {
  return arrivals.flatMap((arrival, index) => {
    const verdict = verdicts[index];
    if (verdict?.does !== 'create') return [];
    const { roleId, givesRights } = verdict;
    return { user: arrival, accountName: arrival.accountName, roleId, givesRights };
  });
}

/** @param made what became of those to be created, in order. */
function outcomesOf(verdicts: readonly Verdict[], made: readonly Made[]): ArrivalOutcome[] {
  let next = 0;
  return verdicts.map((verdict) =>
    outcomeOf(verdict, verdict.does === 'create' ? (made[next++] ?? null) : null),
  );
}

function outcomeOf(verdict: Verdict, made: Made | null): ArrivalOutcome {
  switch (verdict.does) {
    case 'refuse':
      return verdict.fault;
    case 'nothing':
      return 'already-there';
    case 'create':
      return made?.taken ? { field: made.taken, code: 'taken' } : 'created';
  }
}

function movedOn(run: ImportRun, batch: ImportBatch, outcomes: readonly ArrivalOutcome[]): ImportRun {
  const created = outcomes.filter((outcome) => outcome === 'created').length;
  const alreadyThere = outcomes.filter((outcome) => outcome === 'already-there').length;
  return {
    ...run,
    nextRow: run.nextRow + batch.arrivals.length + batch.faulty,
    created: run.created + created,
    alreadyThere: run.alreadyThere + alreadyThere,
    faulty: run.faulty + batch.faulty + outcomes.length - created - alreadyThere,
  };
}
