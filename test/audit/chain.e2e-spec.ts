import { randomBytes } from 'node:crypto';
import { pino } from 'pino';
import { startGatehouse, type Gatehouse } from '../../src/bootstrap.js';
import { AuditSealer } from '../../src/audit/audit-sealer.service.js';
import { Audit } from '../../src/audit/audit.service.js';
import { VerifyChain } from '../../src/audit/verify-chain.service.js';
import { SYSTEM_ACTOR } from '../../src/common/actor.js';
import { loadConfig } from '../../src/config/load-config.js';
import { UnitOfWork } from '../../src/database/unit-of-work.js';
import { tokenHeader } from '../support/api.js';
import { makePerson, signIn } from '../support/declared-people.js';
import {
  createDataDir,
  startTestGatehouse,
  testEnvironment,
  type TestGatehouse,
} from '../support/gatehouse.js';
import { queryDatabase } from '../support/raw-database.js';
import { declareClient } from '../support/oauth-clients.js';
import { bearer } from '../support/api.js';
import { createUser } from '../surfaces/gemini/requests.js';
import { sealed, toldOf, verify } from './trail.js';

const SECRET_KEY = randomBytes(32).toString('base64');

/** Two nodes on one database, both of which seal. */
describe('the chain of the audit trail', () => {
  let server: TestGatehouse;
  let other: Gatehouse;

  beforeAll(async () => {
    server = await startTestGatehouse({ SECRET_KEY });
    const environment = { ...testEnvironment(createDataDir(), server.database.url), SECRET_KEY };
    other = await startGatehouse(loadConfig(environment), {
      clock: server.clock,
      logger: pino({ level: 'silent' }),
    });
    await declareClient(server);
  }, 60_000);
  afterAll(async () => {
    await other.app.close();
    await server.stop();
  });

  const nodes = () => [server.gatehouse, other].map(({ app }) => app);
  const recordAt = (node: number, objectId: string) => {
    const app = nodes()[node % 2]!;
    return app
      .get(UnitOfWork)
      .run((tx) => app.get(Audit).record(tx, SYSTEM_ACTOR, { kind: 'client.changed', objectId }));
  };

  it('has nothing of a unit of work that fails', async () => {
    const failing = () =>
      server.get(UnitOfWork).run(async (tx) => {
        await server.get(Audit).record(tx, SYSTEM_ACTOR, { kind: 'client.changed', objectId: 'x' });
        throw new Error('undone');
      });
    const tried = async () => {
      await expect(failing()).rejects.toThrow('undone');
    };
    expect(await toldOf(server, tried)).toEqual([]);
  });

  it('has nothing of a refused password change', async () => {
    const person = await makePerson(server, { email: 'refused@example.com' });
    const headers = tokenHeader(await signIn(server, person));
    const refused = async () => {
      const body = { email: person.email, password1: 'a', password2: 'b' };
      const { status } = await server.api.post('/api/v1.1/auth/change-password/', body, headers);
      expect(status).toBe(400);
    };
    expect(await toldOf(server, refused)).toEqual([]);
  });

  it('takes a new event in within two seconds', async () => {
    await sealed(server);
    const start = performance.now();
    await recordAt(0, 'timely');
    await sealed(server);
    expect(performance.now() - start).toBeLessThan(2_000);
  });

  it('is one chain though two nodes write and seal at once', async () => {
    const writes = Array.from({ length: 60 }, (_, index) => recordAt(index, `raced-${index}`));
    const seals = Array.from({ length: 10 }, (_, index) => nodes()[index % 2]!.get(AuditSealer).seal());
    await Promise.all([...writes, ...seals]);
    await sealed(server);
    const [{ n, last }] = (await queryDatabase(
      server.database,
      `SELECT count(*) AS n, max(seq) AS last FROM audit_seals`,
    )) as [{ n: number; last: number }];
    const [{ events }] = (await queryDatabase(
      server.database,
      `SELECT count(*) AS events FROM audit_events`,
    )) as [{ events: number }];
    expect([Number(n), Number(last)]).toEqual([Number(events), Number(events)]);
    expect(await server.get(VerifyChain).verify()).toMatchObject({ holds: true, faults: [], seq: Number(n) });
  });

  it('stays whole when somebody is erased, and has no name or address of mail in it', async () => {
    const { id, token, email } = await createUser(server, 'soon.gone@example.com');
    expect((await server.api.post(`/api/users/${id}/delete`, undefined, bearer(token))).status).toBe(204);
    await sealed(server);
    const rows = await queryDatabase(server.database, 'SELECT * FROM audit_events');
    expect(rows.filter(({ user_id: userId }) => userId === id).length).toBeGreaterThanOrEqual(3);
    const text = JSON.stringify(rows);
    expect(text).not.toContain('@');
    expect(text).not.toContain(email.split('@')[0]);
    const verified = await verify(server, SECRET_KEY);
    expect(verified).toMatchObject({ code: 0, holds: true, faults: [] });
  }, 30_000);
});
