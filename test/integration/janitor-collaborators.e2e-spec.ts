import { DAY, MINUTE } from '../../src/common/clock.js';
import { Reader } from '../../src/database/db.js';
import { sql, type Sql } from '../../src/database/sql.js';
import { UnitOfWork } from '../../src/database/unit-of-work.js';
import { Janitor } from '../../src/janitor/janitor.service.js';
import { Users } from '../../src/users/users.service.js';
import { startTestGatehouse, type TestGatehouse } from '../support/gatehouse.js';
import { browserOf, invite, newVisitor, signIn, validate, type Visitor } from '../surfaces/romeo/browsers.js';

const TABLES = {
  sessions: sql`guest_sessions`,
  rights: sql`collaborator_sessions`,
  tokens: sql`collaborator_tokens`,
  collaborators: sql`collaborators`,
  videos: sql`videos`,
};

describe('the janitor, of guests and collaborators', () => {
  let server: TestGatehouse;
  let ada: Visitor;

  beforeAll(async () => {
    server = await startTestGatehouse();
    ada = await newVisitor(server, 'ada@example.org');
  }, 30_000);
  afterAll(() => server.stop());

  const count = async (table: Sql) => {
    const [row] = await server.get(Reader).query<{ n: number }>(sql`SELECT count(*) AS n FROM ${table}`);
    return Number(row!.n);
  };
  async function left(): Promise<string[]> {
    await server.get(Janitor).tidy();
    const counts = await Promise.all(Object.values(TABLES).map(count));
    return Object.keys(TABLES).filter((_, place) => counts[place]! > 0);
  }

  it('deletes each when it has come to its end', async () => {
    browserOf(await validate(server.api, await invite(server, ada, 1)));
    expect(await left()).toEqual(['sessions', 'rights', 'tokens', 'collaborators', 'videos']);
    server.clock.advance(30 * DAY - MINUTE);
    expect(await left()).toEqual(['sessions', 'rights', 'tokens', 'collaborators', 'videos']);
    server.clock.advance(2 * MINUTE);
    expect(await left()).toEqual(['sessions', 'tokens', 'collaborators', 'videos']);
    server.clock.advance(7 * DAY);
    expect(await left()).toEqual(['sessions', 'collaborators', 'videos']);
    server.clock.advance(83 * DAY - 4 * MINUTE);
    expect(await left()).toEqual(['sessions', 'collaborators', 'videos']);
    server.clock.advance(8 * MINUTE);
    expect(await left()).toEqual(['videos']);
  });

  it('deletes a guest’s session 90 days after it ended', async () => {
    ada = { ...ada, browser: await signIn(server.api, ada) };
    const guest = browserOf(await validate(server.api, await invite(server, ada, 2)));
    await server.api.post('/api/logout', undefined, guest);
    server.clock.advance(90 * DAY - MINUTE);
    expect(await left()).toContain('sessions');
    server.clock.advance(2 * MINUTE);
    expect(await left()).not.toContain('sessions');
  });

  it('finds nothing of who is erased', async () => {
    ada = { ...ada, browser: await signIn(server.api, ada) };
    const guest = browserOf(await validate(server.api, await invite(server, ada, 3)));
    await server.get(UnitOfWork).run((tx) => server.get(Users).delete(tx, ada.uid));
    expect((await server.api.get('/api/video/3', guest)).status).toBe(403);
    expect(await left()).toEqual(['sessions']);
  });
});
