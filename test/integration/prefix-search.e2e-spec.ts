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

  /** The statements over a table that a request reads by. */
  async function statementsOver(table: string, path: string): Promise<Sql[]> {
    const spy = jest.spyOn(server.get(Reader), 'query');
    expect((await server.api.get(path, headers)).status).toBe(200);
    return spy.mock.calls
      .map(([statement]) => statement)
      .filter((statement) =>
        new RegExp(`^SELECT [\\w, ]+ FROM ${table} WHERE`).test(statement.compile(DIALECT).text),
      );
  }

  it.each([
    ['roles', '/v1/roles?q=Cl'],
    ['clients', '/v1/clients?q=Cl'],
  ])('is a range of %s', async (table, path) => {
    const [statement, ...others] = await statementsOver(table, path);
    expect(others).toEqual([]);
    const { text, parameters } = statement!.compile(DIALECT);
    expect(text).not.toMatch(/\b(like|ilike|lower|upper|substr)\b/i);
    expect(parameters).toEqual(expect.arrayContaining(['cl', 'cl\u{10ffff}']));
    if (DIALECT !== 'sqlite') return;
    const connection = new BetterSqlite3(server.database.url.slice('sqlite:'.length), { readonly: true });
    try {
      const plan = connection.prepare(`EXPLAIN QUERY PLAN ${text}`).all(...parameters) as {
        detail: string;
      }[];
      const steps = plan.map(({ detail }) => detail).join('\n');
      expect(steps).toContain('search_key>? AND search_key<?');
      expect(steps).not.toContain('SCAN');
    } finally {
      connection.close();
    }
  });
});
