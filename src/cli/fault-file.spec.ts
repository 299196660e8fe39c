import {
  linkSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FaultFile } from './fault-file.js';

describe('a file of faults', () => {
  let folder: string;
  let people: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'gatehouse-faults-'));
    people = join(folder, 'people.csv');
    writeFileSync(people, 'email\n');
  });

  it('takes its place when it is ended, for its owner alone', async () => {
    const path = join(folder, 'faults.csv');
    writeFileSync(path, 'old', { mode: 0o644 });
    const file = await FaultFile.open(path, people);
    file.add(2, 'email', 'is "odd"');
    file.add(3, null, 'is no row');
    expect(readFileSync(path, 'utf8')).toBe('old');
    file.end();
    expect(readFileSync(path, 'utf8')).toBe('line,field,fault\n2,email,"is ""odd"""\n3,,"is no row"\n');
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(readdirSync(folder).sort()).toEqual(['faults.csv', 'people.csv']);
  });

  it('is never the file that is imported, by whatever name', async () => {
    symlinkSync(people, join(folder, 'symbolic.csv'));
    linkSync(people, join(folder, 'hard.csv'));
    for (const name of [
      'people.csv',
      'symbolic.csv',
      'hard.csv',
      '../' + folder.split('/').pop() + '/people.csv',
    ]) {
      await expect(FaultFile.open(join(folder, name), people)).rejects.toMatchObject({
        message: '--errors is the file that is to be imported',
        exitCode: 2,
      });
    }
    expect(readFileSync(people, 'utf8')).toBe('email\n');
    expect(readdirSync(folder)).toHaveLength(3);
  });

  it.each([
    ['a folder that there is not', 'none/faults.csv', /none\/faults\.csv cannot be written: ENOENT$/],
    ['a folder', '.', /is no file$/],
  ])('is refused in %s', async (_what, name, message) => {
    await expect(FaultFile.open(join(folder, name), people)).rejects.toMatchObject({
      message: expect.stringMatching(message),
      exitCode: 1,
    });
  });
});
