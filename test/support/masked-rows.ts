import { queryDatabase, tablesOf } from './raw-database.js';
import type { TestDatabase } from './test-database.js';

type Row = Record<string, unknown>;

/** Columns of random secrets and of what is made of them: it only matters whether there is one. */
const RANDOM = /(digest|hash|mac|hint|content|secret|private_key|public_key|applied|request_id|^key)$/;

/** Columns of times: it matters how many hours ago, or from now, they are. */
const TIME = /(^|_)(at|until)$/;
const HOUR = 3_600_000;
const LONG_AGO = -10_000;

/** Tables of what runs beside the requests. */
const BESIDE = new Set([
  'leases',
  'audit_seals',
  'audit_head',
  'audit_pending',
  'fence',
  'change',
  'mail_quota',
  'figures',
]);

/** What becomes of a mail is the dispatcher's, who comes when he comes. */
const OF_DELIVERY =
  /^outbox\.(state|content|attempts|last_error|lease_holder|leased_until|next_attempt_at|sent_at)$/;

const UUID = /[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g;
const FRESH = /\b[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:.]+Z|[A-Za-z0-9_-]{40,}|(?<="hint":")[\w-]{4}(?=")/g;

/** A text in which ids stand by the names that are known for them, and fresh ones, times and secrets are alike. */
export const masked = (text: string, known: ReadonlyMap<string, string>): string =>
  text.replace(UUID, (id) => known.get(id) ?? '<id>').replace(FRESH, '<fresh>');

/** Every row of every table by its table, what is random masked, in an order that does not hang on it. */
export async function maskedRows(
  database: TestDatabase,
  known: ReadonlyMap<string, string>,
): Promise<Record<string, string[]>> {
  const all: Record<string, string[]> = {};
  for (const [table, rows] of await rowsOf(database)) {
    if (!BESIDE.has(table)) all[table] = rows.map((row) => maskedRow(table, row, known)).sort();
  }
  return all;
}

/** PostgreSQL is asked once for all: each question costs a connection. */
async function rowsOf(database: TestDatabase): Promise<Map<string, Row[]>> {
  const tables = await tablesOf(database);
  const found = new Map<string, Row[]>(tables.map((table) => [table, []]));
  if (database.dialect === 'sqlite') {
    for (const table of tables) found.set(table, await queryDatabase(database, `SELECT * FROM "${table}"`));
    return found;
  }
  const parts = tables.map((table) => `SELECT '${table}' AS "table", to_jsonb(t) AS "row" FROM "${table}" t`);
  for (const { table, row } of await queryDatabase(database, parts.join(' UNION ALL '))) {
    found.get(String(table))?.push(row as Row);
  }
  return found;
}

function maskedRow(table: string, row: Row, known: ReadonlyMap<string, string>): string {
  const columns = Object.entries(row).filter(([column]) => !OF_DELIVERY.test(`${table}.${column}`));
  return JSON.stringify(
    Object.fromEntries(
      columns.map(([column, value]) => {
        if (value === null) return [column, null];
        if (TIME.test(column)) return [column, `<${hoursFromNow(value)} h>`];
        const text = typeof value === 'string' ? value : JSON.stringify(value);
        return [column, RANDOM.test(column) ? '<set>' : masked(text, known)];
      }),
    ),
  );
}

/** Times are numbers, which PostgreSQL writes as text; one that never was is long ago. */
function hoursFromNow(time: unknown): number {
  const hours = Math.round((Number(time) - Date.now()) / HOUR) || 0;
  return Math.max(hours, LONG_AGO);
}
