import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { packageRoot } from '../common/package-root.js';
import { WebAssets } from './web-assets.js';

const written = join(packageRoot(), 'web', 'assets');

describe('WebAssets', () => {
  const built = mkdtempSync(join(tmpdir(), 'built-'));
  writeFileSync(join(built, 'app.js'), 'the pages');
  writeFileSync(join(built, 'passkeys.js'), 'the passkeys');
  const assets = new WebAssets({ written, built });
  afterAll(() => rmSync(built, { recursive: true }));

  it.each([
    ['page.css', 'text/css; charset=utf-8', written],
    ['app.js', 'text/javascript; charset=utf-8', built],
    ['passkeys.js', 'text/javascript; charset=utf-8', built],
    ['hand-over.js', 'text/javascript; charset=utf-8', written],
    ['icon.svg', 'image/svg+xml', written],
  ])('has %s', (name, contentType, folder) => {
    const asset = assets.find(name);
    expect(asset?.contentType).toBe(contentType);
    expect(asset?.body).toEqual(readFileSync(join(folder, name)));
    expect(asset?.etag).toMatch(/^"[\w-]{43}"$/);
  });

  it.each([
    '',
    '.',
    '..',
    '../tsconfig.json',
    '..%2ftsconfig.json',
    'page.css/',
    'PAGE.CSS',
    '__proto__',
    'constructor',
  ])('has no %p', (name) => {
    expect(assets.find(name)).toBeNull();
  });

  it('has another address for another content', () => {
    const address = assets.addressOf('app.js');
    expect(address).toMatch(/^\/assets\/app\.js\?[\w-]{12}$/);
    writeFileSync(join(built, 'app.js'), 'other pages');
    expect(new WebAssets({ written, built }).addressOf('app.js')).not.toBe(address);
  });

  it('needs every file', () => {
    expect(() => new WebAssets({ written: built, built })).toThrow(/page\.css/);
    expect(() => new WebAssets({ written, built: written })).toThrow(/app\.js/);
  });

  it('names no other origin in its style', () => {
    expect(assets.find('page.css')?.body.toString()).not.toMatch(/https?:|\/\/\w+\.|@import|url\(/);
  });
});
