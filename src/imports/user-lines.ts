import type { Arrival } from '../accounts/moving/import-run.js';
import type { Cell } from './cells.js';
import { COLUMNS, type AnyColumn } from './columns.js';
import type { ImportFormat } from './import-file.js';

const NEEDS_QUOTES = /[",\r\n]/;

/** How users are written: what is before the first, and one user, each with its end of line. */
export interface UserLines {
  readonly header: string;
  line(user: Arrival): string;
}

/** CSV with every column, or JSON Lines without the fields that tell nothing; what `RowReader` reads again as it was. */
export const USER_LINES: Readonly<Record<ImportFormat, UserLines>> = {
  csv: {
    header: `${COLUMNS.map(({ name }) => name).join(',')}\n`,
    line: (user) => `${COLUMNS.map((column) => quoted(cellOf(column).toText(user[column.key]))).join(',')}\n`,
  },
  jsonl: {
    header: '',
    line: (user) => {
      const fields = COLUMNS.map((column) => [column.name, cellOf(column).toJson(user[column.key])] as const);
      return `${JSON.stringify(Object.fromEntries(fields.filter(([, value]) => value !== null)))}\n`;
    },
  },
};

/** The cell of a column writes the values under its key; the compiler cannot tell that of any column. */
function cellOf({ cell }: AnyColumn): Cell<unknown> {
  return cell;
}

function quoted(text: string): string {
  return NEEDS_QUOTES.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
