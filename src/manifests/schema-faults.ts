import type { z } from 'zod';

/** A field's name as somebody would write it; anything else may be a value in the wrong place. */
const FIELD_NAME = /^[a-z][a-z0-9_-]{0,40}$/i;

/** Every issue that a kind's schema found, with the path of its field. */
export function schemaFaults(issues: readonly z.core.$ZodIssue[]): { field: string; message: string }[] {
  return issues.flatMap((issue) => {
    const path = issue.path.map(String);
    if (issue.code !== 'unrecognized_keys') return [{ field: path.join('.'), message: issue.message }];
    return issue.keys.map((key) =>
      FIELD_NAME.test(key)
        ? { field: [...path, key].join('.'), message: 'is not a known field' }
        : { field: path.join('.'), message: 'has an unknown field' },
    );
  });
}
