import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { packageRoot } from '../../common/package-root.js';
import { PAGE_LOCALES, PAGE_NAMES, PageRenderer, PageTemplateFault, type PageName } from './page-renderer.js';

const folder = join(packageRoot(), 'templates', 'pages');
const pages = new PageRenderer(folder);
const VALUES = {
  code: 'not-found',
  script: '/assets/app.js?1',
  registration: 'by-mail',
  providers: '',
  nonce: 'once',
  callback: 'app.signedIn',
  answer: '{}',
  origins: '[]',
};
const render = (name: PageName, locale: string) => pages.render(name, locale, VALUES);
const everyPage = PAGE_NAMES.flatMap((name) =>
  PAGE_LOCALES.map((locale): [PageName, string] => [name, locale]),
);
const count = (html: string, pattern: RegExp) => [...html.matchAll(pattern)].length;

describe.each(everyPage)('the page %s in %s', (name, locale) => {
  const html = render(name, locale);

  it('is an accessible document in its language', () => {
    expect(html).toMatch(new RegExp(`^<!doctype html>\\s*<html lang="${locale}">`));
    expect(html).toContain('<meta name="viewport" content="width=device-width, initial-scale=1">');
    expect(count(html, /<main>/g)).toBe(1);
    expect(count(html, /<h1\b/g)).toBe(1);
    const title = /<title>([^<]+)<\/title>/.exec(html)?.[1];
    expect(html).toMatch(new RegExp(`<h1[^>]*>${title?.replace('?', '\\?')}</h1>`));
  });

  it('has nothing that its content security policy forbids', () => {
    expect(html).not.toMatch(/https?:|["'(]\/\/|data:|javascript:/i);
    expect(html).not.toMatch(/<style|\sstyle=|\son\w+=/i);
    // The page behind a sign-in elsewhere has a policy of its own, by nonce.
    if (name === 'hand-over') expect(html).toContain('<script nonce="once" src="/assets/hand-over.js" ');
    else
      expect(html).not.toMatch(
        /<script(?! src="\/assets\/app\.js\?1" data-registration="by-mail"><\/script>)/i,
      );
  });

  it('leaves no placeholder of a template behind', () => {
    expect(html).not.toMatch(/\{\{|\}\}|\[object|undefined/);
  });

  it('is the English page in other words', () => {
    expect(skeleton(html)).toEqual(skeleton(render(name, 'en')));
  });
});

describe.each<[PageName, string]>([
  ...PAGE_LOCALES.map((locale): [PageName, string] => ['confirm-email', locale]),
  ...PAGE_LOCALES.map((locale): [PageName, string] => ['unsubscribe', locale]),
])('the form of %s in %s', (name, locale) => {
  const html = render(name, locale);

  it('posts to its own address and needs no field and no script', () => {
    expect(count(html, /<form\b/g)).toBe(1);
    expect(html).toContain('<form method="post" action="">');
    expect(count(html, /<button type="submit">/g)).toBe(1);
    expect(html).not.toMatch(/<(input|select|textarea|script)\b/);
  });
});

describe('PageRenderer', () => {
  it('escapes every value', () => {
    const html = pages.render('error', 'en', { code: `<script>"'&` });
    expect(html).toContain('<code>&lt;script&gt;&quot;&#x27;&amp;</code>');
  });

  it('speaks English to whoever speaks none of its languages', () => {
    expect(render('unsubscribed', 'de')).toBe(render('unsubscribed', 'en'));
    expect(render('unsubscribed', '__proto__')).toBe(render('unsubscribed', 'en'));
  });

  it('names the providers where there are any', () => {
    const html = pages.render('app', 'en', { ...VALUES, providers: 'twitter acme' });
    expect(html).toContain('data-registration="by-mail" data-providers="twitter acme"></script>');
  });

  it('refuses to leave out a value', () => {
    expect(() => pages.render('error', 'pl')).toThrow(PageTemplateFault);
  });

  describe('with a faulty template', () => {
    const copy = mkdtempSync(join(tmpdir(), 'pages-'));
    beforeEach(() => cpSync(folder, copy, { recursive: true }));
    afterAll(() => rmSync(copy, { recursive: true }));

    it.each([
      ['error/fr.hbs', '{{#> layout title="x"}}{{unknown}}{{/layout}}'],
      ['unsubscribe/pl.hbs', '{{#> layout title="x"}}{{#if}}{{/layout}}'],
      ['link-unknown/en.hbs', '{{#> other title="x"}}{{/other}}'],
      ['layout.hbs', '{{heading}}{{> @partial-block}}'],
    ])('does not start: %s', (file, text) => {
      writeFileSync(join(copy, file), text);
      expect(() => new PageRenderer(copy)).toThrow(PageTemplateFault);
    });

    it('does not start without a page', () => {
      rmSync(join(copy, 'app', 'pl.hbs'));
      expect(() => new PageRenderer(copy)).toThrow(/app\/pl\.hbs is faulty/);
    });
  });
});

/** Tags and attributes without words: what must be the same in every language. */
function skeleton(html: string): string[] {
  return [...html.matchAll(/<[^>]+>/g)].map(([tag]) =>
    tag.replace(/((?:aria-label|data-(?:title|met|unmet|show|hide|again)[\w-]*|lang))="[^"]*"/g, '$1'),
  );
}
