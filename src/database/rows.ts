/** SQLite answers 0 and 1 where PostgreSQL answers false and true. */
export type SqlBoolean = boolean | 0 | 1;

export function asBoolean(value: SqlBoolean): boolean {
  return value === true || value === 1;
}

/** A `simple-json` column that holds a list of texts; null is the empty list. */
export function asTexts(value: string | null): readonly string[] {
  return value === null ? [] : (JSON.parse(value) as string[]);
}
