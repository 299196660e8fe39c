import { COLUMNS } from './columns.js';
import { ImportFileFaulty } from './import-file.js';

const PASSWORD = /^(plain)?password$/i;

/** Tells that there is no such column. @throws ImportFileFaulty */
export function refuseColumn(line: number, name: string): never {
  if (PASSWORD.test(name)) {
    throw new ImportFileFaulty(
      line,
      `the column ${name} is not taken: a password in a file is one that others can read. Give passwordHash, or ` +
        'nothing, and have people set one by a link',
    );
  }
  const known = COLUMNS.map((column) => column.name).join(', ');
  throw new ImportFileFaulty(
    line,
    `there is no column ${JSON.stringify(name.slice(0, 64))}; there are ${known}`,
  );
}
