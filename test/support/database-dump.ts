import { existsSync, readFileSync } from 'node:fs';
import { queryDatabase, tablesOf } from './raw-database.js';
import type { TestDatabase } from './test-database.js';

/**
 * Everything that a database holds, for a search: the bytes of SQLite's file, its log and its index
 * as they lie on the disk at this moment, or every row of every table of PostgreSQL as text.
 */
export async function dumpDatabase(database: TestDatabase): Promise<string> {
  if (database.dialect === 'sqlite') {
    const path = database.url.slice('sqlite:'.length);
    return ['', '-wal', '-shm']
      .map((ending) => `${path}${ending}`)
      .filter((file) => existsSync(file))
      .map((file) => readFileSync(file, 'latin1'))
      .join('\n');
  }
  const parts: string[] = [];
  for (const table of await tablesOf(database)) {
    const rows = await queryDatabase(database, `SELECT t::text AS row FROM "${table}" t`);
    parts.push(table, ...rows.map(({ row }) => String(row)));
  }
  return parts.join('\n');
}

/** The ways in which `secret` stands in `text`: as it is, or in an encoding that anybody can undo. */
export function tracesOf(secret: string | Buffer, text: string): string[] {
  const bytes = Buffer.from(secret);
  const ways: Record<string, string> = {
    bytes: bytes.toString('latin1'),
    hex: bytes.toString('hex'),
    base64: bytes.toString('base64').replace(/=+$/, ''),
    base64url: bytes.toString('base64url'),
    percent: encodeURIComponent(bytes.toString('latin1')),
    json: JSON.stringify(bytes.toString('utf8')).slice(1, -1),
  };
  return Object.entries(ways)
    .filter(([, way]) => text.includes(way))
    .map(([name]) => name);
}
