import type { DeclarationReport, DeclaredChange } from '../accounts/declaration-report.js';
import type { ManifestKind } from './manifest-kind.js';

const NAMES_IN_LINE = 20;

/** What a set of manifests did, or would do, in the words of its documents. */
export type ManifestReport = DeclarationReport;

/** A report whose fields are called as the documents of each kind call them. */
export function inWordsOf(kinds: readonly ManifestKind[], report: DeclarationReport): ManifestReport {
  const translate = (change: DeclaredChange): DeclaredChange => {
    const names = kinds.find(({ kind }) => kind === change.kind)?.fieldNames;
    const fields = change.fields.map((field) => (names?.has(field) ? names.get(field) : field));
    return { ...change, fields: [...new Set(fields.filter((field) => typeof field === 'string'))] };
  };
  return { ...report, created: report.created.map(translate), changed: report.changed.map(translate) };
}

/** The report in one line: counts, names, and which fields changed. */
export function describeReport({ created, changed, unchanged }: ManifestReport): string {
  const made = created.map(({ name }) => name);
  const altered = changed.map(({ name, fields }) => `${name}: ${fields.join(' ')}`);
  return `${count(made, 'created')}, ${count(altered, 'changed')}, ${unchanged.length} unchanged`;
}

function count(names: readonly string[], done: string): string {
  if (names.length === 0) return `0 ${done}`;
  const more = names.length > NAMES_IN_LINE ? ', …' : '';
  return `${names.length} ${done} (${names.slice(0, NAMES_IN_LINE).join(', ')}${more})`;
}
