import type { Arrival } from '../accounts/moving/import-run.js';
import { identifiersOf } from '../users/identifiers.js';
import type { FieldFault } from './read-row.js';

/**
 * Tells who is twice in one file: by foreign id, or by any identifier, which share one name space. Keeps
 * what it has seen, about a hundred bytes each.
 */
export class Doubles {
  private readonly identifiers = new Map<string, number>();
  private readonly foreignIds = new Map<string, number>();

  /** What a sound row has of a row before it, if anything; else it is remembered. */
  faultsOf(arrival: Arrival, line: number): FieldFault[] {
    const { externalId } = arrival;
    const named = identifiersOf(arrival);
    const faults: FieldFault[] = [];
    const first = externalId === null ? undefined : this.foreignIds.get(externalId);
    if (first !== undefined) faults.push({ field: 'externalId', why: `is in line ${first} already` });
    for (const [value, field] of named) {
      const earlier = this.identifiers.get(value);
      if (earlier !== undefined) faults.push({ field, why: `is in line ${earlier} already` });
    }
    if (faults.length > 0) return faults;
    if (externalId !== null) this.foreignIds.set(externalId, line);
    for (const [value] of named) this.identifiers.set(value, line);
    return [];
  }
}
