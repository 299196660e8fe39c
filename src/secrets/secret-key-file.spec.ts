import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { transformSync } from '@swc/core';
import { readOrCreateSecretKey } from './secret-key-file.js';

describe('readOrCreateSecretKey', () => {
  let folder: string;
  let file: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'secret-key-'));
    file = join(folder, 'secret.key');
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it('makes a key of 32 bytes that only its owner may read, and nothing beside it', () => {
    const key = readOrCreateSecretKey(folder);
    expect(key).toHaveLength(32);
    expect(readFileSync(file, 'utf8')).toBe(`${key.toString('base64')}\n`);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(readdirSync(folder)).toEqual(['secret.key']);
  });

  it('reads the same key ever after and leaves the file alone', () => {
    const key = readOrCreateSecretKey(folder);
    chmodSync(file, 0o400);
    const before = statSync(file);
    expect(readOrCreateSecretKey(folder)).toEqual(key);
    expect(statSync(file)).toMatchObject({ ino: before.ino, mtimeMs: before.mtimeMs, mode: before.mode });
  });

  it('makes another key in another folder', () => {
    const other = mkdtempSync(join(tmpdir(), 'secret-key-'));
    expect(readOrCreateSecretKey(other)).not.toEqual(readOrCreateSecretKey(folder));
    rmSync(other, { recursive: true });
  });

  it('gives processes that start together one and the same key', async () => {
    const folders = Array.from({ length: 20 }, (_, index) => join(folder, String(index)));
    for (const each of folders) mkdirSync(each);
    const source = readFileSync(new URL('./secret-key-file.ts', import.meta.url), 'utf8');
    const { code } = transformSync(source, { jsc: { parser: { syntax: 'typescript' }, target: 'es2022' } });
    const program = `${code}
      process.stdin.once('data', () => {
        const keys = ${JSON.stringify(folders)}.map((each) => readOrCreateSecretKey(each).toString('base64'));
        console.log(keys.join());
        process.exit();
      });
      console.log('ready');`;
    const starters = Array.from({ length: 4 }, () =>
      spawn(process.execPath, ['--input-type=module', '--eval', program]),
    );
    await Promise.all(starters.map(({ stdout }) => once(stdout, 'data')));
    for (const { stdin } of starters) stdin.write('go');
    const answers = await Promise.all(starters.map(({ stdout }) => text(stdout)));
    const kept = folders.map((each) => readFileSync(join(each, 'secret.key'), 'utf8').trim());
    expect(new Set(answers)).toEqual(new Set([`${kept.join()}\n`]));
    for (const each of folders) expect(readdirSync(each)).toEqual(['secret.key']);
  });

  it.each([
    ['an empty file', ''],
    ['a short key', `${Buffer.alloc(31).toString('base64')}\n`],
    ['something else', 'sesame, open'],
  ])('refuses %s, names the file and leaves it as it is', (_what, content) => {
    writeFileSync(file, content);
    expect(() => readOrCreateSecretKey(folder)).toThrow(`${file} does not hold 32 bytes in base64`);
    expect(readFileSync(file, 'utf8')).toBe(content);
  });

  it('tells when the folder is not there', () => {
    rmSync(folder, { recursive: true });
    expect(() => readOrCreateSecretKey(folder)).toThrow(expect.objectContaining({ code: 'ENOENT' }));
  });
});
