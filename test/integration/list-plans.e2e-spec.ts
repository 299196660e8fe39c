import { jest } from '@jest/globals';
import BetterSqlite3 from 'better-sqlite3';
import pg from 'pg';
import { Reader, ReportReader } from '../../src/database/db.js';
import type { Sql } from '../../src/database/sql.js';
import { bearer } from '../support/api.js';
import { makeSignedIn, type SignedIn } from '../support/api-keys.js';
import { startTestGatehouse, type TestGatehouse } from '../support/gatehouse.js';
import type { TestDatabase } from '../support/test-database.js';

const SOMEBODY = '0190aaaa-0000-7000-8000-000000000000';
const AT = '2026-01-01T00:00:00Z';

/** Every list of the native API that grows with use, filtered and searched in each way that it offers. */
const LISTS = [
  '/v1/users',
  `/v1/users?cursor=${SOMEBODY}`,
  '/v1/users?state=blocked',
  '/v1/users?level=admin',
  '/v1/users?type=seller&level=member&state=active',
  '/v1/users?q=a',
  '/v1/users?q=a&cursor=YWQ&state=blocked&type=customer',
  '/v1/accounts',
  '/v1/accounts?cursor=5',
  `/v1/accounts?ownerId=${SOMEBODY}`,
  '/v1/sessions',
  `/v1/sessions?cursor=${SOMEBODY}`,
  '/v1/api-keys',
  '/v1/roles',
  `/v1/roles?q=a&cursor=${SOMEBODY}`,
  '/v1/clients',
  '/v1/clients?q=a&cursor=ab&state=active',
  '/v1/api-keys?ownerId=all',
  '/v1/outbox',
  `/v1/outbox?state=sent&cursor=${SOMEBODY}`,
  '/v1/outbox/state',
  `/v1/figures?from=${AT}&to=2026-01-02T00:00:00Z`,
  `/v1/figures?from=${AT}&to=2026-12-01T00:00:00Z`,
  '/v1/audit',
  `/v1/audit?user=${SOMEBODY}`,
  `/v1/audit?actor=${SOMEBODY}`,
  '/v1/audit?kind=user.erased',
  `/v1/audit?from=${AT}&to=${AT}`,
  `/v1/audit?user=${SOMEBODY}&actor=${SOMEBODY}&kind=user.erased&from=${AT}`,
];

/** Contract 5; house 5: no scan over a big table in a request. */
describe('a list', () => {
  let server: TestGatehouse;
  let admin: SignedIn;

  beforeAll(async () => {
    server = await startTestGatehouse();
    admin = await makeSignedIn(server, { email: 'admin@example.com', level: 'superuser', type: 'admin' });
  });
  afterAll(() => server.stop());

  async function statementsOf(path: string): Promise<Sql[]> {
    const statements: Sql[] = [];
    const readers = new Set<Reader>([server.get(Reader), server.get(ReportReader)]);
    const spies = [...readers].map((reader) => {
      const ask = reader.query.bind(reader);
      return jest.spyOn(reader, 'query').mockImplementation((statement: Sql) => {
        statements.push(statement);
        return ask(statement);
      });
    });
    try {
      const answer = await server.api.get(path, bearer(admin.token));
      expect(answer.status).toBe(200);
    } finally {
      for (const spy of spies) spy.mockRestore();
    }
    // The sealer looks at what waits for it whenever it likes: a queue, which is read to its end.
    return statements.filter((statement) => !statement.compile('sqlite').text.includes('audit_pending'));
  }

  it.each(LISTS)('%s reads from its place in an index, and no table from end to end', async (path) => {
    const statements = await statementsOf(path);
    expect(statements.length).toBeGreaterThan(0);
    for (const statement of statements) expect(await scansOf(server.database, statement)).toEqual([]);
  });

  it('is told from one that reads a table from end to end', async () => {
    const { sql } = await import('../../src/database/sql.js');
    const whole = sql`SELECT id FROM users WHERE first_name = ${'Ada'}`;
    expect(await scansOf(server.database, whole)).toHaveLength(1);
  });
});

/** The steps of a plan that read a whole table, however small it is today. */
async function scansOf(database: TestDatabase, statement: Sql): Promise<string[]> {
  const { text, parameters } = statement.compile(database.dialect);
  if (database.dialect === 'postgres') {
    const client = new pg.Client(database.url);
    await client.connect();
    try {
      // Tables of a test are so small that reading them whole is cheapest.
      await client.query('SET enable_seqscan = off');
      const { rows } = await client.query<{ 'QUERY PLAN': string }>(`EXPLAIN ${text}`, parameters);
      return rows.map((row) => row['QUERY PLAN']).filter((line) => line.includes('Seq Scan'));
    } finally {
      await client.end();
    }
  }
  const connection = new BetterSqlite3(database.url.slice('sqlite:'.length));
  try {
    const steps = connection.prepare(`EXPLAIN QUERY PLAN ${text}`).all(...parameters) as { detail: string }[];
    const details = steps.map(({ detail }) => detail);
    const ownResults = details.flatMap((line) => /^(?:CO-ROUTINE|MATERIALIZE) (\S+)/.exec(line)?.[1] ?? []);
    return details.filter((line) => {
      const [, name] = /^SCAN (\S+)/.exec(line) ?? [];
      return name !== undefined && !ownResults.includes(name);
    });
  } finally {
    connection.close();
  }
}
