import type { ArrivalFault, ImportCounts } from '../accounts/moving/import-run.js';
import type { FieldFault } from './read-row.js';

/** A fault with the line at which its row begins. */
export interface RowFault extends FieldFault {
  readonly line: number;
}

/** How far the reading of a file has come. */
export interface ImportProgress extends ImportCounts {
  readonly isLooking: boolean;
  readonly bytes: number;
  readonly totalBytes: number;
}

/** Told of what happens while a file is imported. */
export interface ImportWatch {
  /** A row that is not let in; told once a run, also of rows that an earlier run has gone through. */
  fault(fault: RowFault): void;
  progress(progress: ImportProgress): void;
}

/** How an import ended. */
export interface ImportReport extends ImportCounts {
  /** `refused`: rows are at fault, and nothing was to be written then. `finished-before`: by an earlier run. */
  readonly outcome: 'imported' | 'looked' | 'refused' | 'finished-before';
  /** How many rows an earlier run had gone through. */
  readonly resumedAfter: number;
  /** When it ended, or the earlier run did; null where nothing was to be written. In ms since 1970. */
  readonly finishedAt: number | null;
}

const WHY: Readonly<Record<ArrivalFault['code'], string>> = {
  taken: 'belongs to somebody else',
  'other-foreign-id': 'is not the one under which this e-mail address came from the same source before',
  'too-high': 'gives more rights than you have',
  'unknown-role': 'is no free role here',
};

export function inWords({ field, code }: ArrivalFault): FieldFault {
  return { field, why: WHY[code] };
}
