import { randomBytes } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';
import { jest } from '@jest/globals';
import { AuditSealer } from '../../src/audit/audit-sealer.service.js';
import { VerifyPassword } from '../../src/auth/verify-password.service.js';
import type { Gatehouse } from '../../src/bootstrap.js';
import { DAY, HOUR, MINUTE } from '../../src/common/clock.js';
import { UnitOfWork } from '../../src/database/unit-of-work.js';
import type { Figure } from '../../src/figures/figure.js';
import { Figures } from '../../src/figures/figures.service.js';
import { GrantUse } from '../../src/grants/grant-use.service.js';
import { Janitor } from '../../src/janitor/janitor.service.js';
import { bearer, faultyFields, outcome, TestApi } from '../support/api.js';
import { keyHeader, makeKey, makeSignedIn, problem, type SignedIn } from '../support/api-keys.js';
import { PASSWORD } from '../support/declared-people.js';
import { startTestGatehouse, type TestGatehouse } from '../support/gatehouse.js';
import { queryDatabase } from '../support/raw-database.js';
import { startSecondNode } from '../support/second-node.js';

const SECRET_KEY = randomBytes(32).toString('base64');
const NONE: Record<Figure, number> = {
  signIns: 0,
  failedSignIns: 0,
  registrations: 0,
  sessions: 0,
  mailsSent: 0,
  mailsFailed: 0,
  mailsDead: 0,
};

/** Two nodes on one database. */
describe('/v1/figures', () => {
  let server: TestGatehouse;
  let other: Gatehouse;
  let manager: SignedIn;

  beforeAll(async () => {
    server = await startTestGatehouse({ SECRET_KEY });
    other = await startSecondNode(server, { SECRET_KEY });
    manager = await makeSignedIn(server, { email: 'manager@example.com', level: 'manager', type: 'admin' });
  }, 60_000);
  afterAll(async () => {
    await other.app.close();
    await server.stop();
  });
  afterEach(() => jest.restoreAllMocks());

  const nodes = () => [server.gatehouse, other].map(({ app }) => app);
  const at = (time: number) => new Date(time).toISOString();
  const ask = (query = '', headers = bearer(manager.token)) => server.api.get(`/v1/figures${query}`, headers);
  const between = async (from: number, to: number) =>
    (await ask(`?from=${at(from)}&to=${at(to)}`)).body as {
      step: string;
      items: (Record<Figure, number> & { at: string })[];
    };
  const ofHour = async (hour: number) => (await between(hour, hour + HOUR)).items[0]!;

  /** A minute into an hour of which nobody knows anything; answers when the hour began. */
  async function newHour(): Promise<number> {
    const now = server.clock.now();
    server.clock.advance(HOUR - (now % HOUR) + MINUTE);
    await written();
    return now - (now % HOUR) + HOUR;
  }

  /** What was noted on both nodes is in the database. */
  async function written(): Promise<void> {
    for (const app of nodes()) {
      await app.get(GrantUse).flush();
      await app.get(Figures).flush();
    }
  }

  it('counts sign-ins, refused ones, registrations and mails of all nodes in their hour', async () => {
    const hour = await newHour();
    const elsewhere = new TestApi(other.address);
    const made = { email: 'ada@example.com', password1: PASSWORD, password2: PASSWORD };
    await server.api.post('/api/v1.1/auth/register/', made);
    await server.api.post('/api/v1.1/auth/reset-password/', { email: made.email });
    const credentials = { identifier: 'manager@example.com', password: PASSWORD };
    expect((await server.api.post('/v1/sessions', credentials)).status).toBe(201);
    expect((await elsewhere.post('/v1/sessions', credentials)).status).toBe(201);
    for (const [api, identifier] of [
      [server.api, 'manager@example.com'],
      [elsewhere, 'manager@example.com'],
      [elsewhere, 'nobody@example.com'],
    ] as const) {
      expect((await api.post('/v1/sessions', { identifier, password: 'wrong' })).status).toBe(401);
    }
    while ((await ofHour(hour)).mailsSent === 0) {
      await written();
      await setImmediate();
    }
    await written();
    expect(await ofHour(hour)).toEqual({
      at: at(hour),
      ...NONE,
      // Who registers with a password is signed in.
      signIns: 3,
      failedSignIns: 3,
      registrations: 1,
      // The manager's, who looks, and those that were opened.
      sessions: 4,
      mailsSent: 1,
    });
  });

  it('counts a session once in each hour in which it is used, on however many nodes, and no key', async () => {
    const first = await newHour();
    const ann = await makeSignedIn(server, { email: 'ann@example.com', level: 'admin', type: 'admin' });
    const { secret } = await makeKey(server, ann);
    const use = async () => {
      for (const app of nodes()) {
        const api = new TestApi(await app.getUrl());
        expect((await api.get('/v1/me', bearer(ann.token))).status).toBe(200);
        expect((await api.get('/v1/me', keyHeader(secret))).status).toBe(200);
      }
      // Both tell of it at once.
      await Promise.all(nodes().map((app) => app.get(GrantUse).flush()));
    };
    await use();
    const second = await newHour();
    await use();
    server.clock.advance(MINUTE);
    await use();
    const third = await newHour();
    const { items } = await between(first, third);
    // The manager looks in the third hour only.
    expect(items).toEqual([
      { at: at(first), ...NONE, signIns: 1, registrations: 1, sessions: 1 },
      { at: at(second), ...NONE, sessions: 1 },
    ]);
  });

  it('are the last 24 hours unless it is said', async () => {
    const { step, items } = (await ask()).body;
    expect(step).toBe('hour');
    expect(items).toHaveLength(25);
    const now = server.clock.now();
    expect(items[24].at).toBe(at(now - (now % HOUR)));
  });

  it('go by the day beyond 31 days: sums, and the sessions of the busiest hour', async () => {
    const day = server.clock.now() - (server.clock.now() % DAY) - 20 * DAY;
    const figures = server.get(Figures);
    for (const [figure, hour] of [
      ['signIns', 0],
      ['signIns', 23],
      ['sessions', 5],
      ['sessions', 6],
      ['sessions', 6],
    ] as const) {
      figures.note(figure, day + hour * HOUR + MINUTE);
    }
    await written();
    const byHour = await between(day, day + 31 * DAY);
    expect(byHour.step).toBe('hour');
    expect(byHour.items).toHaveLength(31 * 24);
    expect(byHour.items[6]).toEqual({ at: at(day + 6 * HOUR), ...NONE, sessions: 2 });
    const byDay = await between(day - DAY, day + 31 * DAY);
    expect(byDay.step).toBe('day');
    expect(byDay.items).toHaveLength(32);
    expect(byDay.items.slice(0, 3)).toEqual([
      { at: at(day - DAY), ...NONE },
      { at: at(day), ...NONE, signIns: 2, sessions: 2 },
      { at: at(day + DAY), ...NONE },
    ]);
  });

  it('answers no more than 400 days, which end after they begin', async () => {
    const now = server.clock.now();
    const refused = problem(400, 'period-invalid');
    for (const [from, to] of [
      [now, now],
      [now, now - HOUR],
      [now - 400 * DAY - 1, now],
    ] as const) {
      expect(outcome(await ask(`?from=${at(from)}&to=${at(to)}`))).toEqual(refused);
    }
    expect((await between(now - 400 * DAY, now)).items).toHaveLength(401);
  });

  it.each(['from=x', 'to=2026-01-01', 'from=2026-02-30T00:00:00Z', 'from=2026-01-01T00:00:00'])(
    'refuses ?%s',
    async (query) => {
      const answer = await ask(`?${query}`);
      expect(answer.status).toBe(400);
      expect(faultyFields(answer)).toEqual([query.split('=')[0]]);
    },
  );

  it('writes nothing where it is read', async () => {
    await written();
    await server.get(AuditSealer).seal();
    const writes = jest.spyOn(server.get(UnitOfWork), 'run');
    expect((await ask()).status).toBe(200);
    expect(writes).not.toHaveBeenCalled();
  });

  it('keeps what could not be written for the next time', async () => {
    const hour = await newHour();
    server.get(Figures).note('mailsDead');
    await server.get(AuditSealer).seal();
    jest.spyOn(server.get(UnitOfWork), 'run').mockRejectedValueOnce(new Error('the database is away'));
    await server.get(Figures).flush();
    server.get(Figures).note('mailsDead');
    expect((await ofHour(hour)).mailsDead).toBe(0);
    await server.get(Figures).flush();
    expect((await ofHour(hour)).mailsDead).toBe(2);
  });

  it('are known for 400 days', async () => {
    const hour = await newHour();
    server.get(Figures).note('mailsFailed');
    await written();
    const rows = () => queryDatabase(server.database, `SELECT n FROM figures WHERE hour = ${hour}`);
    const known = (await rows()).length;
    expect(known).toBeGreaterThan(0);
    server.clock.advance(400 * DAY - HOUR);
    await server.get(Janitor).tidy();
    expect(await rows()).toHaveLength(known);
    server.clock.advance(HOUR);
    await server.get(Janitor).tidy();
    expect(await rows()).toEqual([]);
  });

  it('are written when a node stops, with what is answered while it does', async () => {
    const third = await startSecondNode(server, { SECRET_KEY });
    const hour = await newHour();
    const api = new TestApi(third.address);
    const credentials = { identifier: 'manager@example.com', password: 'wrong' };
    const verifier = third.app.get(VerifyPassword);
    const verify = verifier.verify.bind(verifier);
    let goOn!: () => void;
    const held = new Promise<void>((resolve) => (goOn = resolve));
    const reached = new Promise<void>((resolve) => {
      jest.spyOn(verifier, 'verify').mockImplementationOnce(async (...attempt) => {
        resolve();
        await held;
        return verify(...attempt);
      });
    });
    const answer = api.post('/v1/sessions', credentials);
    await reached;
    const closed = third.app.close();
    while (third.app.getHttpServer().listening) await setImmediate();
    goOn();
    expect((await answer).status).toBe(401);
    await closed;
    expect(
      await queryDatabase(
        server.database,
        `SELECT n FROM figures WHERE hour = ${hour} AND name = 'failedSignIns'`,
      ),
    ).toEqual([{ n: 1 }]);
  });
});
