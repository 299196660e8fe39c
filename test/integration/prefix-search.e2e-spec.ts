import { jest } from '@jest/globals';
import BetterSqlite3 from 'better-sqlite3';
import { Reader } from '../../src/database/db.js';
import type { Sql } from '../../src/database/sql.js';
import { makeAdmin } from '../surfaces/open-loyalty/people.js';
import { startTestGatehouse, type TestGatehouse } from '../support/gatehouse.js';
import { DIALECT } from '../support/test-database.js';

describe('a search by the beginning of a name', () => {
  let server: TestGatehouse;
  let headers: Record<string, string>;

  beforeAll(async () => {
    server = await startTestGatehouse();
    ({ headers } = await makeAdmin(server, 'superuser'));
  });
  afterAll(() => server.stop());
  afterEach(() => jest.restoreAllMocks());

  /** The statement with which a request searches. */
  async function searchOf(path: string): Promise<Sql> {
    const spy = jest.spyOn(server.get(Reader), 'query');
    expect((await server.api.get(path, headers)).status).toBe(200);
    const statements = spy.mock.calls.map(([statement]) => statement);
    const searches = statements.filter((statement) => statement.compile(DIALECT).text.includes('search_key'));
    expect(searches).toHaveLength(1);
    return searches[0]!;
  }

  it.each([
    ['/v1/roles?q=Cl', /search_key>\? AND search_key<\?/],
    ['/v1/clients', /search_key>\? AND search_key<\?/],
    ['/v1/clients?q=Cl', /search_key>\? AND search_key<\?/],
    ['/v1/clients?q=Cl&cursor=CLERK', /\(search_key,id\)>\(\?,\?\) AND search_key<\?/],
  ])('%s is a range of an index', async (path, bounds) => {
    const { text, parameters } = (await searchOf(path)).compile(DIALECT);
    expect(text).not.toMatch(/\b(like|ilike|lower|upper|substr)\b/i);
    if (DIALECT !== 'sqlite') return;
    const connection = new BetterSqlite3(server.database.url.slice('sqlite:'.length), { readonly: true });
    try {
      const plan = connection.prepare(`EXPLAIN QUERY PLAN ${text}`).all(...parameters) as {
        detail: string;
      }[];
      expect(plan.map(({ detail }) => detail).join('\n')).toMatch(bounds);
    } finally {
      connection.close();
    }
  });
});
