import { randomBytes } from 'node:crypto';
import BetterSqlite3 from 'better-sqlite3';
import pg from 'pg';
import { VerifyChain } from '../../src/audit/verify-chain.service.js';
import { makePerson } from '../support/declared-people.js';
import { startTestGatehouse, type TestGatehouse } from '../support/gatehouse.js';
import { queryDatabase } from '../support/raw-database.js';
import { sealed, verify } from './trail.js';

const SECRET_KEY = randomBytes(32).toString('base64');
const INSERTED = `INSERT INTO audit_events (id, at, kind, actor_kind, address, request_id)
  VALUES ('0193ffff-0000-7000-8000-000000000000', 1, 'user.enabled', 'system', '', 'system')`;

/** Runs statements through a connection of its own, as who has the database but not SECRET_KEY would. */
async function tamper({ database }: TestGatehouse, ...statements: string[]): Promise<void> {
  if (database.dialect === 'sqlite') {
    const connection = new BetterSqlite3(database.url.slice('sqlite:'.length));
    try {
      for (const text of statements) connection.exec(text);
    } finally {
      connection.close();
    }
    return;
  }
  const client = new pg.Client(database.url);
  await client.connect();
  try {
    for (const text of statements) await client.query(text);
  } finally {
    await client.end();
  }
}

/** What a driver says of a failed statement. Its errors may be of another realm, which jest takes for none. */
const refusalOf = (work: Promise<void>): Promise<string> =>
  work.then(
    () => 'it was done',
    (error: { message: string }) => error.message,
  );

/** Takes the guard of a table away, which only its owner can. */
const unguard = ({ database }: TestGatehouse, table: string): string[] =>
  database.dialect === 'sqlite'
    ? [`DROP TRIGGER ${table}_kept_update`, `DROP TRIGGER ${table}_kept_delete`]
    : [`DROP TRIGGER ${table}_kept ON ${table}`];

describe('tampering with the audit trail', () => {
  let server: TestGatehouse;

  beforeEach(async () => {
    server = await startTestGatehouse({ SECRET_KEY });
    for (const name of ['one', 'two', 'three']) await makePerson(server, { email: `${name}@example.com` });
    await sealed(server);
  }, 60_000);
  afterEach(() => server.stop());

  const look = () => server.get(VerifyChain).verify();
  const eventAt = async (seq: number): Promise<string> => {
    const [row] = await queryDatabase(server.database, `SELECT event_id FROM audit_seals WHERE seq = ${seq}`);
    return String(row!['event_id']);
  };

  it.each(['audit_events', 'audit_seals'])('is refused by the database: %s', async (table) => {
    const column = table === 'audit_events' ? 'request_id' : 'hash';
    for (const text of [`UPDATE ${table} SET ${column} = 'x'`, `DELETE FROM ${table}`]) {
      expect(await refusalOf(tamper(server, text))).toContain('only added to');
    }
    expect(await look()).toMatchObject({ holds: true });
  });

  it('is found by the command line: exit code 1', async () => {
    expect(await verify(server, SECRET_KEY)).toMatchObject({ code: 0, holds: true });
    const id = await eventAt(2);
    await tamper(
      server,
      ...unguard(server, 'audit_events'),
      `UPDATE audit_events SET kind = 'user.changed' WHERE id = '${id}'`,
    );
    const faults = [{ fault: 'event-changed', seq: 2, eventId: id }];
    expect(await verify(server, SECRET_KEY)).toMatchObject({ code: 1, holds: false, faults });
  }, 60_000);

  it('is found when an event is deleted in the middle', async () => {
    const id = await eventAt(2);
    await tamper(server, ...unguard(server, 'audit_events'), `DELETE FROM audit_events WHERE id = '${id}'`);
    expect((await look()).faults).toEqual([{ fault: 'event-missing', seq: 2, eventId: id }]);
  });

  it('is found when a seal is deleted with its event', async () => {
    const id = await eventAt(2);
    await tamper(
      server,
      ...['audit_events', 'audit_seals'].flatMap((table) => unguard(server, table)),
      `DELETE FROM audit_events WHERE id = '${id}'`,
      `DELETE FROM audit_seals WHERE seq = 2`,
    );
    expect((await look()).faults).toEqual([{ fault: 'seal-missing', seq: 2, eventId: null }]);
  });

  it('is found when the tail is cut, also with a head that fits, and nothing is sealed after it', async () => {
    const { seq } = await look();
    const id = await eventAt(seq);
    await tamper(
      server,
      ...['audit_events', 'audit_seals'].flatMap((table) => unguard(server, table)),
      `DELETE FROM audit_events WHERE id = '${id}'`,
      `DELETE FROM audit_seals WHERE seq = ${seq}`,
    );
    expect((await look()).faults).toEqual([{ fault: 'seal-missing', seq, eventId: null }]);
    await tamper(
      server,
      `UPDATE audit_head SET seq = ${seq - 1}, hash = (SELECT hash FROM audit_seals WHERE seq = ${seq - 1})`,
    );
    expect((await look()).faults).toEqual([{ fault: 'head-forged', seq: null, eventId: null }]);

    await makePerson(server, { email: 'later@example.com' });
    server.clock.advance(11_000);
    const { holds, faults } = await look();
    expect(holds).toBe(false);
    expect(faults.map(({ fault }) => fault)).toEqual(['head-forged', 'event-unsealed']);
  });

  it('is found when an event is put in', async () => {
    await tamper(server, INSERTED);
    const eventId = '0193ffff-0000-7000-8000-000000000000';
    expect((await look()).faults).toEqual([{ fault: 'event-inserted', seq: null, eventId }]);
  });

  it('is found when a seal is put in', async () => {
    const { seq } = await look();
    await tamper(
      server,
      INSERTED,
      `INSERT INTO audit_seals (seq, event_id, hash)
       VALUES (${seq + 1}, '0193ffff-0000-7000-8000-000000000000', 'x')`,
    );
    expect((await look()).faults).toEqual([{ fault: 'seals-beyond-head', seq: seq + 1, eventId: null }]);
  });
});
