import { rmSync } from 'node:fs';
import pg from 'pg';

export default async function teardown() {
  if (process.env.TEST_DATABASE === 'postgres' && process.env.TEST_POSTGRES_URL) {
    const client = new pg.Client(process.env.TEST_POSTGRES_URL);
    await client.connect();
    await client.query(`DROP DATABASE IF EXISTS ${process.env.TEST_TEMPLATE} WITH (FORCE)`);
    await client.end();
  }
  await globalThis.testPostgres?.stop();
  rmSync(process.env.TEST_ROOT, { recursive: true, force: true });
}
