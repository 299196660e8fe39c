import { readFileSync } from 'node:fs';
import { format } from 'prettier';
import { COLUMNS } from './columns.js';

const PAGE = 'docs/moving-users-in.md';
const BEGIN = '<!-- columns -->\n';
const END = '<!-- /columns -->';

describe('the columns', () => {
  it('are those that the page about moving users in tells of', async () => {
    const rows = COLUMNS.map(({ name, cell, about }) => `| \`${name}\` | ${cell.takes} | ${about} |`);
    const page = readFileSync(PAGE, 'utf8');
    const [before = '', rest = ''] = page.split(BEGIN);
    const table = ['| column | takes | |', '| --- | --- | --- |', ...rows].join('\n');
    const told = await format(`${before}${BEGIN}\n${table}\n\n${END}${rest.split(END)[1]}`, {
      parser: 'markdown',
      printWidth: 110,
    });
    expect(page).toBe(told);
  });

  it('have each its own name and its own place in a user', () => {
    expect(new Set(COLUMNS.map(({ name }) => name)).size).toBe(COLUMNS.length);
    expect(new Set(COLUMNS.map(({ key }) => key)).size).toBe(COLUMNS.length);
  });
});
