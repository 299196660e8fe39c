import type { FieldRule } from './dto/fields.js';

/** A field that broke a rule, as the validation tells it. */
export interface FieldFault {
  readonly path: string;
  readonly rule: string;
}

/** The sentence of each rule; of several broken ones the first in this table is told. */
const MESSAGES: Readonly<Record<FieldRule, string>> = {
  required: 'This field is required.',
  null: 'This field may not be null.',
  text: 'Not a valid string.',
  blank: 'This field may not be blank.',
  'nul-character': 'Null characters are not allowed.',
  length: 'Ensure this field has no more than 150 characters.',
  email: 'Enter a valid email address.',
  uuid: 'Must be a valid UUID.',
  boolean: 'Must be a valid boolean.',
  'uuid-list': 'Expected a list of valid UUIDs.',
};

const ORDER = Object.keys(MESSAGES);

/** `{"field": ["sentence"]}` for every faulty field; a body that is no object is told under `non_field_errors`. */
export function fieldErrors(faults: readonly FieldFault[]): Record<string, string[]> {
  const first = new Map<string, string>();
  for (const { path, rule } of faults) {
    const known = first.get(path);
    if (known === undefined || ORDER.indexOf(rule) < ORDER.indexOf(known)) first.set(path, rule);
  }
  const told = [...first].map(([path, rule]): [string, string[]] =>
    path === ''
      ? ['non_field_errors', ['Invalid data. Expected a dictionary.']]
      : [path, [MESSAGES[rule as FieldRule] ?? 'Invalid value.']],
  );
  return Object.fromEntries(told);
}
