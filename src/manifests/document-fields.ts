/** The text at a path such as `spec.email` of a document that may be faulty, or null. */
export function textAt(document: unknown, path: string): string | null {
  let found = document;
  for (const name of path.split('.')) {
    if (typeof found !== 'object' || found === null || !Object.hasOwn(found, name)) return null;
    found = (found as Record<string, unknown>)[name];
  }
  return typeof found === 'string' && found !== '' ? found : null;
}

/** True for a mapping that has this field, whatever its value. */
export function hasField<F extends string>(mapping: unknown, field: F): mapping is Record<F, unknown> {
  return typeof mapping === 'object' && mapping !== null && Object.hasOwn(mapping, field);
}
