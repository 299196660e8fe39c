import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A file that pages load. */
export interface WebAsset {
  readonly body: Buffer;
  readonly contentType: string;
  /** A strong entity tag (RFC 9110 8.8.3), quotes included. */
  readonly etag: string;
}

/** All that is served: no name from a request ever becomes a path. */
const ASSETS: Readonly<Record<string, { readonly from: keyof AssetFolders; readonly contentType: string }>> =
  {
    'page.css': { from: 'written', contentType: 'text/css; charset=utf-8' },
    'app.js': { from: 'built', contentType: 'text/javascript; charset=utf-8' },
    'passkeys.js': { from: 'built', contentType: 'text/javascript; charset=utf-8' },
    'hand-over.js': { from: 'written', contentType: 'text/javascript; charset=utf-8' },
    'icon.svg': { from: 'written', contentType: 'image/svg+xml' },
  };

/** Where the files lie. */
export interface AssetFolders {
  /** `web/assets`: served as they are. */
  readonly written: string;
  /** `dist/public`: what the build made of `web/src`. */
  readonly built: string;
}

/** The files behind `/assets/`: a closed list, read once at start. */
export class WebAssets {
  private readonly assets: ReadonlyMap<string, WebAsset>;

  /** @throws Error when one cannot be read: the start must fail. */
  constructor(folders: AssetFolders) {
    this.assets = new Map(
      Object.entries(ASSETS).map(([name, { from, contentType }]) => {
        const body = readFileSync(join(folders[from], name));
        const etag = `"${createHash('sha256').update(body).digest('base64url')}"`;
        return [name, { body, contentType, etag }];
      }),
    );
  }

  /** Where pages load the file of that name from: another address for another content. */
  addressOf(name: string): string {
    const asset = this.assets.get(name);
    if (!asset) throw new Error(`There is no asset ${name}`);
    return `/assets/${name}?${asset.etag.slice(1, 13)}`;
  }

  /** The file of that name, or null. */
  find(name: string): WebAsset | null {
    return this.assets.get(name) ?? null;
  }
}
