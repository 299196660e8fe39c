import { randomBytes } from 'node:crypto';
import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';

/** A migrated database of a test's own. */
export interface TestDatabase {
  readonly url: string;
  readonly dialect: 'sqlite' | 'postgres';
  drop(): Promise<void>;
}

export const DIALECT = (process.env['TEST_DATABASE'] ?? 'sqlite') as TestDatabase['dialect'];

/** Copies the migrated template; `folder` is where SQLite's file goes. */
export async function createTestDatabase(folder: string): Promise<TestDatabase> {
  const template = process.env['TEST_TEMPLATE']!;
  if (DIALECT === 'sqlite') {
    const path = join(folder, 'gatehouse.sqlite');
    copyFileSync(template, path);
    return { url: `sqlite:${path}`, dialect: 'sqlite', drop: async () => undefined };
  }
  return createPostgresDatabase(template);
}

/** An empty database: nothing is migrated. */
export async function createEmptyDatabase(folder: string): Promise<TestDatabase> {
  if (DIALECT === 'sqlite') {
    return { url: `sqlite:${join(folder, 'empty.sqlite')}`, dialect: 'sqlite', drop: async () => undefined };
  }
  return createPostgresDatabase('template0');
}

async function createPostgresDatabase(template: string): Promise<TestDatabase> {
  const server = process.env['TEST_POSTGRES_URL']!;
  const name = `gatehouse_test_${randomBytes(6).toString('hex')}`;
  await onServer(server, `CREATE DATABASE ${name} TEMPLATE ${template}`);
  const url = new URL(server);
  url.pathname = `/${name}`;
  return {
    url: url.href,
    dialect: 'postgres',
    drop: () => onServer(server, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`),
  };
}

async function onServer(url: string, statement: string): Promise<void> {
  const client = new pg.Client(url);
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}

/** For what no database has a part in: told once, on SQLite. */
export const describeOnce = DIALECT === 'sqlite' ? describe : describe.skip;
