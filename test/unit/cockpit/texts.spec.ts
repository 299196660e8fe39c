import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { AUDIT_KINDS } from '../../../src/audit/audit-kinds.js';
import { packageRoot } from '../../../src/common/package-root.js';
import { en } from '../../../web/cockpit/src/texts/en.js';
import { fr } from '../../../web/cockpit/src/texts/fr.js';
import { pl } from '../../../web/cockpit/src/texts/pl.js';
import { keyOfProblem, keyOfRule } from '../../../web/cockpit/src/texts/words.js';

const LANGUAGES = { en, fr, pl };
const folder = join(packageRoot(), 'web', 'cockpit', 'src');
const source = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  .filter((name) => /\.tsx?$/.test(name) && !name.startsWith('texts'))
  .map((name) => readFileSync(join(folder, name), 'utf8'))
  .join('\n');

/** Every sentence by its key. */
function sentences(texts: object, prefix = ''): [string, string][] {
  return Object.entries(texts).flatMap(([name, value]: [string, unknown]): [string, string][] =>
    typeof value === 'string'
      ? [[`${prefix}${name}`, value]]
      : sentences(value as object, `${prefix}${name}.`),
  );
}

const placeholders = (words: string) => [...new Set(words.match(/%\{\w+\}/g))].sort();

/** Families whose last part is what the server answers, or a list of the source. */
const BY_VALUE = /^(problem|rule|auditKind|level|userType|state|clientState|mailState|overlap|menu)\./;

/** Whether some line of the source asks for this key, whole or by its family. */
function isUsed(key: string): boolean {
  const last = key.slice(key.lastIndexOf('.') + 1);
  if (BY_VALUE.test(key)) return true;
  // react-admin asks for these by the name of the resource and of the field.
  if (/^resources\.[\w-]+\.name$/.test(key)) return source.includes(`"${key.split('.')[1]}"`);
  if (/^resources\./.test(key)) return source.includes(`source="${last}"`);
  const family = key.slice(0, -last.length);
  return source.includes(`'${key}'`) || source.includes(`"${key}"`) || source.includes(`\`${family}\${`);
}

describe.each(Object.entries(LANGUAGES))('the words of the cockpit in %s', (_name, texts) => {
  it('are the English ones, each with their placeholders', () => {
    const shape = (all: object) => sentences(all).map(([key, words]) => [key, placeholders(words)]);
    expect(shape(texts)).toEqual(shape(en));
    expect(sentences(texts).filter(([, words]) => words.trim() === '')).toEqual([]);
  });
});

describe('the words of the cockpit', () => {
  it('are all asked for', () => {
    expect(sentences(en).length).toBeGreaterThan(200);
    expect(
      sentences(en)
        .map(([key]) => key)
        .filter((key) => !isUsed(key)),
    ).toEqual([]);
  });

  it('are there for every key that the source names', () => {
    const keys = new Set(sentences(en).map(([key]) => key));
    const families = Object.keys(en).join('|');
    const named = [...source.matchAll(new RegExp(`['"]((?:${families})\\.[\\w.-]+)['"]`, 'g'))].map(
      ([, key = '']) => key,
    );
    expect(named.length).toBeGreaterThan(50);
    expect(named.filter((key) => !keys.has(key))).toEqual([]);
  });

  it('are there for every kind of event, and no other', () => {
    expect(Object.keys(en.auditKind)).toEqual(AUDIT_KINDS.map((kind) => kind.replace('.', '_')));
  });

  it('tell of a refusal without words of its own what its status says', () => {
    expect([
      keyOfProblem('user-not-found', 404),
      keyOfProblem('credential-expired', 401),
      keyOfProblem('never-heard-of', 400),
      keyOfProblem('internal', 500),
      keyOfRule('isNetwork'),
      keyOfRule('never-heard-of'),
    ]).toEqual([
      'problem.user-not-found',
      'problem.unauthenticated',
      'problem.invalid',
      'problem.failed',
      'rule.isNetwork',
      'rule.invalid',
    ]);
  });
});
