import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * The folder that holds package.json, and with it `templates/` and `web/`, whether this runs from
 * `src/` or from `dist/`.
 * @throws Error when no folder above has one: the start must fail.
 */
export function packageRoot(): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(folder, 'package.json'))) {
    const parent = dirname(folder);
    if (parent === folder)
      throw new Error('No package.json above the program: its templates cannot be found');
    folder = parent;
  }
  return folder;
}
