import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../common/package-root.js';
import { PAGE_LOCALES } from '../http/pages/page-renderer.js';

const folder = join(packageRoot(), 'web', 'src');
const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) =>
  /\.tsx?$/.test(name),
);
const source = (name: string) => readFileSync(join(folder, name), 'utf8');
/** The sentences of a language by their names. */
const sentences = (locale: string) =>
  [...source(`texts/${locale}.ts`).matchAll(/^ {2}(\w+):\s*(['"])(.*)\2,$/gm)].map(
    ([, name = '', , words = '']): [string, string] => [name, words],
  );
const placeholders = (words: string) => [...words.matchAll(/\{\w+\}/g)].map(([found]) => found).sort();

describe.each(files)('the page source %s', (name) => {
  it('puts nothing into the page as HTML, keeps nothing, and knows no other origin', () => {
    expect(source(name)).not.toMatch(
      /innerHTML|outerHTML|InnerHTML|insertAdjacent|document\.write|eval\(|Storage|cookie\b(?! of this)|console|https?:|style=/,
    );
  });
});

describe('the words', () => {
  const code = files
    .filter((name) => !name.startsWith('texts/'))
    .map(source)
    .join('\n');

  it.each(sentences('en').map(([name]) => name))('%s are used', (name) => {
    // Rules are named as the members of the policy.
    expect(code).toMatch(new RegExp(`'${name}'|^ +${name}: \\(`, 'm'));
  });
});

describe.each(PAGE_LOCALES)('the words in %s', (locale) => {
  const english = new Map(sentences('en'));

  it('are there, each with the placeholders of the English ones', () => {
    expect(english.size).toBeGreaterThan(80);
    const own = new Map(sentences(locale));
    expect([...own.keys()]).toEqual([...english.keys()]);
    for (const [name, words] of own) {
      expect({ name, has: placeholders(words) }).toEqual({
        name,
        has: placeholders(english.get(name) ?? ''),
      });
    }
  });
});
