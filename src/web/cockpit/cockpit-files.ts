import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A file of the cockpit; its name changes with its content. */
export interface CockpitFile {
  readonly body: Buffer;
  readonly contentType: string;
}

const CONTENT_TYPES: Readonly<Record<string, string>> = {
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
};

interface Manifest {
  readonly [source: string]: { readonly file: string; readonly isEntry?: boolean };
}

/** What the build made of `web/cockpit`: a closed list, read once at start. No name from a request ever becomes a path. */
export class CockpitFiles {
  /** The name of the script that the page loads. */
  readonly entry: string;
  private readonly files: ReadonlyMap<string, CockpitFile>;

  /** @throws Error when the cockpit was not built: the start must fail. */
  constructor(folder: string) {
    const manifest = JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8')) as Manifest;
    const entry = Object.values(manifest).find(({ isEntry }) => isEntry)?.file;
    if (entry === undefined) throw new Error(`There is no cockpit in ${folder}`);
    this.entry = nameOf(entry);
    const assets = join(folder, 'assets');
    this.files = new Map(readdirSync(assets).flatMap((name) => fileOf(assets, name)));
  }

  find(name: string): CockpitFile | null {
    return this.files.get(name) ?? null;
  }
}

function fileOf(folder: string, name: string): [string, CockpitFile][] {
  const contentType = CONTENT_TYPES[/\.\w+$/.exec(name)?.[0] ?? ''];
  return contentType === undefined ? [] : [[name, { body: readFileSync(join(folder, name)), contentType }]];
}

const nameOf = (path: string) => path.slice(path.lastIndexOf('/') + 1);
