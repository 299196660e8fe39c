import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseEnv } from 'node:util';
import { packageRoot } from '../common/package-root.js';
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

/** As text, so that regular expressions compare too. */
const defaultOf = (name: string) => String(SCHEMA.get(name)?.parse(undefined));

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
    expect(String(SCHEMA.get(name)?.parse(parseEnv(FILE)[name]))).toBe(defaultOf(name));
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

  it('explains every variable', () => {
    // A comment of its own, or that of the lines right above it.
    const blocks = FILE.split(/\n\n+/).filter((block) => /^(# )?[A-Z][A-Z0-9_]*=/m.test(block));
    for (const block of blocks) expect(block).toMatch(/^# [^-A-Z]|^# [A-Z][^=]* /);
  });
});
