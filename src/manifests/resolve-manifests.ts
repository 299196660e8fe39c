import type { KnownDocument } from './duplicate-faults.js';
import { textAt } from './document-fields.js';
import type { ManifestFault } from './manifest-faults.js';
import { BrokenReference, type Declared, type ManifestKind, type References } from './manifest-kind.js';

/** A document whose kind is known, with what its schema made of it; undefined when it is faulty. */
export interface ValidatedDocument extends KnownDocument {
  readonly value: unknown;
}

/** A document that can be applied, and what it declares. */
export interface Manifest extends KnownDocument {
  readonly declared: Declared | null;
}

/** Resolves every valid document against all others, and tells every reference that is broken. */
export function resolveManifests(documents: readonly ValidatedDocument[]): {
  readonly manifests: readonly Manifest[];
  readonly faults: readonly ManifestFault[];
} {
  const references = new DocumentsByName(documents);
  const manifests: Manifest[] = [];
  const faults: ManifestFault[] = [];
  for (const { kind, document, value } of documents) {
    if (value === undefined) continue;
    try {
      manifests.push({ kind, document, declared: kind.resolve(value, references) });
    } catch (error) {
      if (!(error instanceof BrokenReference)) throw error;
      const { field, message } = error;
      faults.push({ file: document.file, document: document.index, field, message });
    }
  }
  return { manifests, faults };
}

class DocumentsByName implements References {
  private readonly values = new Map<string, unknown>();

  constructor(documents: readonly ValidatedDocument[]) {
    for (const { kind, document, value } of documents) {
      const name = textAt(document.value, 'metadata.name');
      if (name !== null) this.values.set(keyOf(kind, name), value);
    }
  }

  find<T>(kind: ManifestKind<T>, name: string, field: string): T | null {
    const key = keyOf(kind, name);
    if (!this.values.has(key)) {
      throw new BrokenReference(field, `names a ${kind.kind} that is not declared`);
    }
    // Whatever lies under a kind was made by the schema of that kind.
    return (this.values.get(key) as T | undefined) ?? null;
  }
}

function keyOf(kind: ManifestKind, name: string): string {
  return JSON.stringify([kind.kind, name]);
}
