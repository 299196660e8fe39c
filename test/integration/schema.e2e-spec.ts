import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { getDataSourceToken } from '@nestjs/typeorm';
import BetterSqlite3 from 'better-sqlite3';
import { DataSource } from 'typeorm';
import { migrations } from '../../migrations/index.js';
import { postgresOptions, primaryOptions } from '../../src/database/data-source-options.js';
import { migrate, pendingMigrations } from '../../src/database/migrate.js';
import { runCommand } from '../support/command-line.js';
import { createDataDir, startTestGatehouse, testEnvironment } from '../support/gatehouse.js';
import { queryDatabase, tablesOf } from '../support/raw-database.js';
import { createEmptyDatabase, DIALECT, type TestDatabase } from '../support/test-database.js';

const NAMES = migrations.map(({ name }) => name);
const LEDGER = 'migration';

describe('the schema', () => {
  const emptied: TestDatabase[] = [];

  afterAll(() => Promise.all(emptied.map((database) => database.drop())));

  async function emptyDatabase(): Promise<{ database: TestDatabase; environment: Record<string, string> }> {
    const dataDir = createDataDir();
    const database = await createEmptyDatabase(dataDir);
    emptied.push(database);
    return { database, environment: testEnvironment(dataDir, database.url) };
  }
  const appliedIn = async (database: TestDatabase) =>
    (await queryDatabase(database, `SELECT name FROM migration ORDER BY id`)).map(({ name }) => name);
  const sourceOf = ({ url }: TestDatabase) =>
    new DataSource(DIALECT === 'sqlite' ? primaryOptions(url) : postgresOptions(url, 'migrate')).initialize();

  it('is what the entities of the running application say', async () => {
    const server = await startTestGatehouse();
    try {
      const primary = server.gatehouse.app.get<DataSource>(getDataSourceToken('primary'));
      const entities = primary.entityMetadatas.map(({ tableName }) => tableName).sort();
      expect(entities).toEqual((await tablesOf(server.database)).filter((table) => table !== LEDGER));
      const { upQueries } = await primary.driver.createSchemaBuilder().log();
      expect(upQueries.map(({ query }) => query)).toEqual([]);
    } finally {
      await server.stop();
    }
  });

  it('is made by every file in migrations/, oldest first', async () => {
    const folder = join(process.cwd(), 'migrations');
    const files = readdirSync(folder)
      .filter((name) => /^\d+-/.test(name))
      .sort();
    const classes: unknown[] = [];
    for (const file of files) {
      const [timestamp] = /^\d{13}(?=-[a-z-]+\.ts$)/.exec(file) ?? [];
      expect(timestamp).toBeDefined();
      const module = (await import(pathToFileURL(join(folder, file)).href)) as Record<string, unknown>;
      for (const [name, made] of Object.entries(module)) {
        expect(name.endsWith(timestamp!)).toBe(true);
        classes.push(made);
      }
    }
    expect(classes).toHaveLength(files.length);
    expect(migrations).toEqual(classes);
  });

  it('goes up, all the way down, and up again', async () => {
    const { database } = await emptyDatabase();
    expect(await migrate(database.url)).toEqual(NAMES);
    const tables = await tablesOf(database);
    const source = await sourceOf(database);
    try {
      const layout = await source.driver.createSchemaBuilder().log();
      for (const _ of NAMES) await source.undoLastMigration();
      expect(await tablesOf(database)).toEqual([LEDGER]);
      expect(await appliedIn(database)).toEqual([]);
      expect((await source.runMigrations()).map(({ name }) => name)).toEqual(NAMES);
      expect(await source.driver.createSchemaBuilder().log()).toEqual(layout);
    } finally {
      await source.destroy();
    }
    expect(await tablesOf(database)).toEqual(tables);
    expect(await migrate(database.url)).toEqual([]);
    expect(await queryDatabase(database, 'SELECT id, n FROM fence')).toHaveLength(1);
  });

  it('is only looked at by migrate --plan', async () => {
    const { database, environment } = await emptyDatabase();
    const plan = await runCommand(environment, 'migrate', '--plan');
    expect(plan).toMatchObject({ code: 0, err: '' });
    expect(plan.out).toBe(['Pending:', ...NAMES.map((name) => `  ${name}`), ''].join('\n'));
    expect(await tablesOf(database)).toEqual([]);
    expect(await pendingMigrations(database.url)).toEqual(NAMES);

    const done = await runCommand(environment, 'migrate');
    expect(done).toMatchObject({ code: 0, err: '' });
    expect(done.out).toBe(['Applied:', ...NAMES.map((name) => `  ${name}`), ''].join('\n'));
    for (const words of [['migrate', '--plan'], ['migrate']]) {
      expect((await runCommand(environment, ...words)).out).toBe('The database is up to date.\n');
    }
    expect(await appliedIn(database)).toEqual(NAMES);
  }, 60_000);

  it('is made once by several processes that begin together', async () => {
    for (const processes of [2, 3, 4]) {
      const { database, environment } = await emptyDatabase();
      const results = await Promise.all(
        Array.from({ length: processes }, () => runCommand(environment, 'migrate')),
      );
      expect(results.map(({ code, err }) => ({ code, err }))).toEqual(
        results.map(() => ({ code: 0, err: '' })),
      );
      expect(results.filter(({ out }) => out.startsWith('Applied:'))).toHaveLength(1);
      expect(await appliedIn(database)).toEqual(NAMES);
    }
  }, 120_000);

  if (DIALECT === 'sqlite') {
    it('can be opened while another process has the whole file for a moment', async () => {
      const { database } = await emptyDatabase();
      const other = new BetterSqlite3(database.url.slice('sqlite:'.length), { timeout: 0 });
      other.exec('BEGIN EXCLUSIVE; CREATE TABLE made_meanwhile (id integer)');
      let isOpen = false;
      const opening = sourceOf(database).finally(() => (isOpen = true));
      for (const end = performance.now() + 100; performance.now() < end;) {
        await new Promise((resolve) => setImmediate(resolve));
      }
      expect(isOpen).toBe(false);
      other.exec('COMMIT');
      const source = await opening;
      expect(await source.query('PRAGMA journal_mode')).toEqual([{ journal_mode: 'wal' }]);
      await source.destroy();
      other.close();
    });
  }
});
