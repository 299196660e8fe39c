import { sql, type Sql } from './sql.js';

/**
 * The first `limit` ids of several lists together. Each list is read from its own place in an index and
 * yields at most `limit`, however long it is.
 * @param lists conditions on rows of `table`, no two of which one row meets; at least one
 */
export function firstIds(
  table: Sql,
  lists: readonly Sql[],
  { isDescending = false, limit }: { isDescending?: boolean; limit: number },
): Sql {
  const direction = isDescending ? sql`DESC` : sql`ASC`;
  const head = (condition: Sql) => sql`SELECT id FROM (
    SELECT id FROM ${table} WHERE ${condition} ORDER BY id ${direction} LIMIT ${limit}) AS head`;
  const heads = lists.map(head).reduce((one, other) => sql`${one} UNION ALL ${other}`);
  return sql`SELECT id FROM (${heads}) AS heads ORDER BY id ${direction} LIMIT ${limit}`;
}
