import { jest } from '@jest/globals';
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { runCommand } from '../support/command-line.js';
import { fingerprintOf } from '../support/database-fingerprint.js';
import { createDataDir } from '../support/gatehouse.js';
import { GatehouseProcess, killProcesses } from '../support/process.js';
import { queryDatabase } from '../support/raw-database.js';
import { createTestDatabase, type TestDatabase } from '../support/test-database.js';

jest.setTimeout(400_000);

const ROWS = 8_000;
const KINDS = 15;
const PASSWORD = 'an imported hörse 1';

/** `gatehouse users` as an operator runs it, in processes of its own. */
describe('gatehouse users', () => {
  let dataDir: string;
  let database: TestDatabase;
  let people: string;

  const environment = () => ({
    DATA_DIR: dataDir,
    DATABASE_URL: database.url,
    PUBLIC_URL: 'http://id.gatehouse.test',
    PORT: '0',
    RATE_LIMITS: 'off',
    HASH_MEMORY_KIB: '64',
    HASH_TIME_COST: '2',
  });
  const users = (...words: string[]) => runCommand(environment(), 'users', ...words);
  const fileOf = (name: string, content: string | Buffer) => {
    const path = join(dataDir, name);
    writeFileSync(path, content);
    return path;
  };
  const countOf = async (from: string) =>
    Number((await queryDatabase(database, `SELECT count(*) AS n FROM ${from}`))[0]!['n']);

  beforeAll(async () => {
    dataDir = createDataDir();
    database = await createTestDatabase(dataDir);
    people = join(dataDir, 'people.csv');
    execFileSync(process.execPath, ['bench/import-people.mjs', people, String(ROWS)]);
  });
  afterAll(async () => {
    await killProcesses();
    await database.drop();
  });

  it('is killed within an import and goes on where it was: everybody is in, and nobody twice', async () => {
    const killed = spawn(process.execPath, ['dist/cli/main.js', 'users', 'import', people], {
      env: { PATH: process.env['PATH'], NODE_ENV: 'test', ...environment() },
      stdio: 'ignore',
    });
    const ended = once(killed, 'exit');
    const done = async () => {
      const [run] = await queryDatabase(database, 'SELECT next_row FROM user_imports');
      return Number(run?.['next_row'] ?? 0);
    };
    while ((await done()) < 2_000) expect(killed.exitCode).toBeNull();
    killed.kill('SIGKILL');
    expect(await ended).toEqual([null, 'SIGKILL']);
    const before = await done();
    expect(before).toBeLessThan(ROWS);
    expect(await countOf('users')).toBe(before);

    const resumed = await users('import', people, '--json');
    expect(resumed.code).toBe(0);
    expect(JSON.parse(resumed.out)).toEqual({
      outcome: 'imported',
      created: ROWS,
      alreadyThere: 0,
      faulty: 0,
      resumedAfter: before,
      finishedAt: expect.stringMatching(/^\d{4}-.*Z$/),
    });
    expect(await countOf('users')).toBe(ROWS);
    expect(await countOf('accounts')).toBe(ROWS);
    expect(await countOf('user_foreign_ids')).toBe(ROWS);
    expect(await countOf('user_identifiers')).toBe(3 * ROWS);
    expect(await countOf(`audit_events WHERE kind = 'user.registered'`)).toBe(ROWS);
    expect((await runCommand(environment(), 'audit', 'verify')).code).toBe(0);
  });

  it('gives everybody back, and the same from another Gatehouse, byte for byte', async () => {
    const out = join(dataDir, 'out.csv');
    expect(await users('export', out)).toMatchObject({
      code: 0,
      out: `${ROWS} users are in ${out}, with the hashes of their passwords\n`,
    });
    expect(statSync(out).mode & 0o777).toBe(0o600);
    expect(readdirSync(dataDir).filter((name) => name.endsWith('.part'))).toEqual([]);

    const otherDir = createDataDir();
    const other = await createTestDatabase(otherDir);
    const there = { ...environment(), DATA_DIR: otherDir, DATABASE_URL: other.url };
    try {
      expect(await runCommand(there, 'users', 'import', out)).toMatchObject({
        code: 0,
        out: `${ROWS} created, 0 already there, 0 at fault\n`,
      });
      const back = join(otherDir, 'back.csv');
      expect(await runCommand(there, 'users', 'export', back)).toMatchObject({ code: 0 });
      expect(readFileSync(back).equals(readFileSync(out))).toBe(true);
    } finally {
      await other.drop();
    }
  });

  it('lets them sign in at a server that runs meanwhile', async () => {
    const server = new GatehouseProcess(environment());
    const api = await server.ready();
    const late = fileOf(
      'late.csv',
      'email,passwordHash\nlate@example.org,$2b$04$CCCCCCCCCCCCCCCCCCCCC.TKL0PRqKTFpW12ixR4oYE99BBVQw9Ee\n',
    );
    expect(await users('import', late)).toMatchObject({ code: 0 });
    const login = async (email: string, password: string) =>
      (await api.post('/api/v1.1/auth/login/', { email, password })).status;
    expect(await login('late@example.org', 'päss')).toBe(200);
    for (let n = 0; n < KINDS; n++) {
      const email = `user${ROWS - 1 - n}@example.org`;
      expect([email, await login(email, `${PASSWORD}!`)]).toEqual([email, 401]);
      expect([email, await login(email, PASSWORD)]).toEqual([email, 200]);
    }
    const replaced = `users WHERE password_hash LIKE '$argon2id$v=19$m=64,t=2,p=1$%'`;
    expect(await countOf(replaced)).toBe(KINDS + 1);
    await server.stop();
  });

  it('tells faults by line and field, keeps them in a file, and ends with 1', async () => {
    const path = fileOf(
      'faults.csv',
      'email,phone\nok@example.org,\nnobody,12\nuser1@example.org,+48500000002\n',
    );
    const errors = join(dataDir, 'errors.csv');
    const result = await users('import', path, '--errors', errors);
    expect(result).toEqual({
      code: 1,
      out: '1 created, 0 already there, 2 at fault\n',
      err: 'line 3, email: must be an e-mail address\nline 3, phone: must be + and 6 to 15 digits\nline 4, phone: belongs to somebody else\n',
    });
    expect(readFileSync(errors, 'utf8')).toBe(
      'line,field,fault\n3,email,"must be an e-mail address"\n3,phone,"must be + and 6 to 15 digits"\n4,phone,"belongs to somebody else"\n',
    );
    expect(statSync(errors).mode & 0o777).toBe(0o600);
  });

  it('writes nothing of what it cannot read, and says what is wrong', async () => {
    const before = await fingerprintOf(database);
    const refusals: [string[], number, string][] = [
      [[fileOf('a.csv', gzipSync('email\na@x.org\n'))], 1, 'the file is compressed: run gunzip first'],
      [[fileOf('e.txt', 'email\n')], 2, '--format is needed'],
      [[join(dataDir, 'no-such.csv')], 1, 'is not a file that can be read'],
      [[fileOf('f.csv', 'email\n'), '--source', 'a b'], 2, '--source has'],
      [[], 2, 'use: gatehouse users import'],
    ];
    for (const [words, code, err] of refusals) {
      expect([words, await users('import', ...words)]).toEqual([
        words,
        { code, out: '', err: expect.stringContaining(err) },
      ]);
    }
    expect(await fingerprintOf(database)).toBe(before);
  });

  it('writes everybody to standard output', async () => {
    const { code, out, err } = await users('export', '--format', 'jsonl');
    expect({ code, err }).toEqual({ code: 0, err: '' });
    const lines = out.trimEnd().split('\n');
    expect(lines).toHaveLength(await countOf('users'));
    expect(JSON.parse(lines[0]!)).toMatchObject({ externalId: 'ext-0', email: 'user0@example.org' });
  });
});
