import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../common/package-root.js';
import { PAGE_LOCALES } from '../http/pages/page-renderer.js';
import { WebAssets } from './web-assets.js';

const root = packageRoot();
const assets = new WebAssets(join(root, 'web', 'assets'));
const SCRIPTS = ['page-tools.js', 'app.js', 'sign-in.js'];

describe('WebAssets', () => {
  it.each([
    ['page.css', 'text/css; charset=utf-8'],
    ['page-tools.js', 'text/javascript; charset=utf-8'],
    ['app.js', 'text/javascript; charset=utf-8'],
    ['sign-in.js', 'text/javascript; charset=utf-8'],
    ['icon.svg', 'image/svg+xml'],
  ])('has %s', (name, contentType) => {
    const asset = assets.find(name);
    expect(asset?.contentType).toBe(contentType);
    expect(asset?.body).toEqual(readFileSync(join(root, 'web', 'assets', name)));
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

  it('needs every file', () => {
    expect(() => new WebAssets(join(root, 'web'))).toThrow(/page\.css/);
  });

  it('names no other origin', () => {
    expect([...SCRIPTS, 'page.css'].map(text).join('\n')).not.toMatch(/https?:|\/\/\w+\.|@import|url\(/);
  });
});

describe.each(SCRIPTS)('the script %s', (name) => {
  const script = text(name);
  const quoted = (pattern: RegExp) => [...script.matchAll(pattern)].map((match) => match[1]);

  it.each(PAGE_LOCALES)('finds in %s every sentence and every element that it asks for', (locale) => {
    const page = readFileSync(join(root, 'templates', 'pages', 'app', `${locale}.hbs`), 'utf8');
    const layout = readFileSync(join(root, 'templates', 'pages', 'layout.hbs'), 'utf8');
    const codes = quoted(/'([A-Z]+(?:_[A-Z]+)*)'/g).filter((code) => code !== 'POST' && code !== 'OPTIONS');
    expect(codes.length > 5 || name === 'page-tools.js').toBe(true);
    for (const code of codes) expect(page).toContain(`data-for="${code}"`);
    for (const id of quoted(/(?:element|mount)\('([\w-]+)'/g)) expect(page + layout).toContain(`id="${id}"`);
  });

  it('puts no answer and no link into the page as HTML, and keeps nothing', () => {
    expect(script).not.toMatch(
      /innerHTML|outerHTML|insertAdjacent|document\.write|eval\(|Storage|cookie|console/,
    );
  });
});

function text(name: string): string {
  return assets.find(name)!.body.toString('utf8');
}
