import { queryDatabase, tablesOf } from './raw-database.js';
import type { TestDatabase } from './test-database.js';

/** Written every few seconds with what happened before, whoever asks for what (docs/adr/0016). */
const BUFFERED = 'figures';

/**
 * A text that changes whenever any row is written, but those of figures: by what it holds, and on
 * PostgreSQL by its version.
 */
export async function fingerprintOf(database: TestDatabase): Promise<string> {
  const columns = database.dialect === 'sqlite' ? '*' : `xmin::text AS row_xmin, ctid::text AS row_ctid, *`;
  const rows: unknown[] = [];
  for (const table of (await tablesOf(database)).filter((name) => name !== BUFFERED)) {
    rows.push(table, await queryDatabase(database, `SELECT ${columns} FROM "${table}"`));
  }
  return JSON.stringify(rows);
}
