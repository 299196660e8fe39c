import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseEnv } from 'node:util';
import { packageRoot } from '../common/package-root.js';
import { BoundedPattern } from './bounded-pattern.js';
import { loadConfig } from './load-config.js';
import { environmentSchema } from './schema.js';

const FILE = readFileSync(join(packageRoot(), '.env.example'), 'utf8');
const LINES = [...FILE.matchAll(/^(?<comment># )?(?<name>[A-Z][A-Z0-9_]*)=(?<value>.*)$/gm)].map(
  ({ groups }) => ({
    name: groups!['name']!,
    value: groups!['value']!,
    isCommentedOut: groups!['comment'] !== undefined,
  }),
);
const SCHEMA = new Map(Object.entries(environmentSchema.shape));

/** What a variable comes to as text, a pattern as its source. */
const meaningOf = (name: string, text: string | undefined) => {
  const value: unknown = SCHEMA.get(name)?.parse(text);
  return value instanceof BoundedPattern ? value.source : String(value);
};
const defaultOf = (name: string) => meaningOf(name, undefined);

describe('.env.example', () => {
  it('has every variable of the schema once, and no other', () => {
    expect(LINES.map(({ name }) => name).sort()).toEqual([...SCHEMA.keys()].sort());
  });

  it('is read as the environment of a process that sets nothing', () => {
    const { variable: _fromFile, ...fromFile } = loadConfig(parseEnv(FILE));
    const { variable: _byDefault, ...byDefault } = loadConfig({});
    expect(fromFile).toEqual(byDefault);
  });

  it.each(LINES.filter(({ isCommentedOut }) => !isCommentedOut))('gives the default of $name', ({ name }) => {
    expect(meaningOf(name, parseEnv(FILE)[name])).toBe(defaultOf(name));
  });

  it.each(LINES.filter(({ isCommentedOut }) => isCommentedOut))(
    'comments $name out since it has no default, or one that a .env file cannot hold',
    ({ name, value }) => {
      // An example must be sound; a secret has none.
      const example = parseEnv(`${name}=${value}`)[name];
      if (example) expect(SCHEMA.get(name)?.safeParse(example).success).toBe(true);
      if (name === 'SPECIAL_CHARACTERS') expect(value).toBe(defaultOf(name));
      else expect(['undefined', '']).toContain(defaultOf(name));
    },
  );

  it.each(LINES)('explains $name, or the group in which it stands', ({ name }) => {
    const lines = FILE.split('\n');
    const isVariable = (line = '') => /^(# )?[A-Z][A-Z0-9_]*=/.test(line);
    let above = lines.findIndex((line) => isVariable(line) && line.replace('# ', '').startsWith(`${name}=`));
    while (isVariable(lines[above])) above -= 1;
    expect(lines[above]).toMatch(/^# (?!---).+[.)]$/);
  });
});
