import type { MovableUser } from '../../users/movable-user.js';

/** One who is to be let in, as a file tells of him. */
export interface Arrival extends MovableUser {
  /** What his personal account is called; null is what it is called as a rule. */
  readonly accountName: string | null;
  /** The name of his free role. */
  readonly role: string | null;
}

/** Why somebody is not let in, and the field that it is about. */
export interface ArrivalFault {
  readonly field: 'externalId' | 'email' | 'username' | 'phone' | 'card' | 'level' | 'role';
  readonly code: 'taken' | 'other-foreign-id' | 'too-high' | 'unknown-role';
}

/** What became of one row, or would. */
export type ArrivalOutcome = 'created' | 'already-there' | ArrivalFault;

/** What became of the rows so far. */
export interface ImportCounts {
  readonly created: number;
  readonly alreadyThere: number;
  readonly faulty: number;
}

/** How far an import has come: `nextRow` rows of the file are done with. Instants in ms since 1970. */
export interface ImportRun extends ImportCounts {
  readonly digest: string;
  readonly nextRow: number;
  readonly startedAt: number;
  readonly finishedAt: number | null;
}

/** The next rows of a file: those that can be read, and how many cannot. */
export interface ImportBatch {
  readonly arrivals: readonly Arrival[];
  readonly faulty: number;
}
