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
const CONTENT_TYPES = {
  'page.css': 'text/css; charset=utf-8',
  'page-tools.js': 'text/javascript; charset=utf-8',
  'app.js': 'text/javascript; charset=utf-8',
  'hand-over.js': 'text/javascript; charset=utf-8',
  'sign-in.js': 'text/javascript; charset=utf-8',
  'icon.svg': 'image/svg+xml',
} as const;

/** The files behind `/assets/`: a closed list, read once at start. */
export class WebAssets {
  private readonly assets: ReadonlyMap<string, WebAsset>;

  /** @throws Error when one cannot be read: the start must fail. */
  constructor(folder: string) {
    this.assets = new Map(
      Object.entries(CONTENT_TYPES).map(([name, contentType]) => {
        const body = readFileSync(join(folder, name));
        const etag = `"${createHash('sha256').update(body).digest('base64url')}"`;
        return [name, { body, contentType, etag }];
      }),
    );
  }

  /** The file of that name, or null. */
  find(name: string): WebAsset | null {
    return this.assets.get(name) ?? null;
  }
}
