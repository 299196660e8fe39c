import { normaliseIdentifier } from '../common/identifier.js';
import { textAt } from './document-fields.js';
import { describePlace, type ManifestFault, type ManifestPlace } from './manifest-faults.js';
import type { ManifestDocument } from './manifest-files.js';
import type { ManifestKind } from './manifest-kind.js';

const NAME = 'metadata.name';

/** A document whose kind is known; the rest of it may be faulty. */
export interface KnownDocument {
  readonly kind: ManifestKind;
  readonly document: ManifestDocument;
}

/**
 * What two documents declare both: the same name of the same kind, or the same identifier, which
 * could sign in only one of two users. Each fault is at the later place and names the earlier one.
 * Faulty documents are looked at too, so that every fault is told at once.
 */
export function duplicateFaults(known: readonly KnownDocument[]): ManifestFault[] {
  const faults: ManifestFault[] = [];
  const names = new Map<string, ManifestPlace>();
  const identifiers = new Map<string, { place: ManifestPlace; owner: ManifestDocument }>();
  for (const { kind, document } of known) {
    const name = textAt(document.value, NAME);
    const key = JSON.stringify([kind.kind, name]);
    const earlier = name === null ? undefined : names.get(key);
    const here = placeOf(document, NAME);
    if (earlier)
      faults.push({ ...here, message: `this ${kind.kind} is declared in ${describePlace(earlier)} already` });
    else if (name !== null) names.set(key, here);
    for (const field of kind.identifierFields) {
      const value = textAt(document.value, field);
      // That two of the same name share it has just been said.
      if (value === null || (earlier && field === NAME)) continue;
      const place = placeOf(document, field);
      const spelling = normaliseIdentifier(value);
      const first = identifiers.get(spelling);
      if (!first) identifiers.set(spelling, { place, owner: document });
      else if (first.owner !== document) {
        faults.push({ ...place, message: `is the same identifier as that of ${describePlace(first.place)}` });
      }
    }
  }
  return faults;
}

function placeOf({ file, index }: ManifestDocument, field: string): ManifestPlace {
  return { file, document: index, field };
}
