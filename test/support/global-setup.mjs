// Makes one migrated template of the database under test; each test file gets a copy of its own.
// TEST_DATABASE: sqlite (default) or postgres. TEST_POSTGRES_URL: a server to use; without it one is started.
import { existsSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { migrate } from '../../dist/database/migrate.js';
import { startPostgres } from './embedded-postgres.mjs';

export default async function setup() {
  const memory = existsSync('/dev/shm') ? '/dev/shm' : tmpdir();
  process.env.TEST_ROOT = mkdtempSync(join(memory, 'gatehouse-test-'));
  if ((process.env.TEST_DATABASE ?? 'sqlite') === 'sqlite') {
    process.env.TEST_TEMPLATE = join(process.env.TEST_ROOT, 'template.sqlite');
    await migrate(`sqlite:${process.env.TEST_TEMPLATE}`);
    return;
  }
  if (!process.env.TEST_POSTGRES_URL) {
    const server = await startPostgres();
    globalThis.testPostgres = server;
    process.env.TEST_POSTGRES_URL = server.url;
  }
  const template = `gatehouse_template_${process.pid}`;
  const client = new pg.Client(process.env.TEST_POSTGRES_URL);
  await client.connect();
  await client.query(`CREATE DATABASE ${template}`);
  await client.end();
  const url = new URL(process.env.TEST_POSTGRES_URL);
  url.pathname = `/${template}`;
  await migrate(url.href);
  process.env.TEST_TEMPLATE = template;
}
