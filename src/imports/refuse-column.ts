import { COLUMNS } from './columns.js';
import { ImportFileFaulty } from './import-file.js';

/** What a column may well be called. Whatever else a header or a row holds there may be somebody's. */
const SHOWABLE = /^[A-Za-z_]{1,32}$/;
const PASSWORD = /^(plain)?password$/i;

/** Tells that there is no such column. @param place of the column in its row, from 1 @throws ImportFileFaulty */
export function refuseColumn(line: number, name: string, place: number): never {
  if (PASSWORD.test(name)) {
    throw new ImportFileFaulty(
      line,
      `the column ${name} is not taken: a password in a file is one that others can read. Give passwordHash, or ` +
        'nothing, and have people set one by a link',
    );
  }
  const what = SHOWABLE.test(name) ? `there is no column "${name}"` : `column ${place} is not known`;
  throw new ImportFileFaulty(line, `${what}; there are ${COLUMNS.map((column) => column.name).join(', ')}`);
}
