import { jest } from '@jest/globals';
import { SYSTEM_ACTOR } from '../../src/common/actor.js';
import { DAY, HOUR, MINUTE, SECOND } from '../../src/common/clock.js';
import { digestOf } from '../../src/common/digest.js';
import { Reader, type Tx } from '../../src/database/db.js';
import { Leases } from '../../src/database/leases.service.js';
import { sql, type Sql } from '../../src/database/sql.js';
import { UnitOfWork } from '../../src/database/unit-of-work.js';
import { FenceRepository } from '../../src/fence/fence.repository.js';
import { GrantsRepository } from '../../src/grants/grants.repository.js';
import { Sessions } from '../../src/grants/sessions.service.js';
import { Janitor } from '../../src/janitor/janitor.service.js';
import { OneTimeTokens } from '../../src/one-time-tokens/one-time-tokens.service.js';
import { createPerson, openSession, openSessionIn, type Person } from '../support/core-people.js';
import { startTestGatehouse, type TestGatehouse } from '../support/gatehouse.js';

const ABSOLUTE = 30 * DAY;

describe('the janitor', () => {
  let server: TestGatehouse;
  let people = 0;

  beforeAll(async () => {
    server = await startTestGatehouse();
  });
  afterAll(() => server.stop());
  afterEach(() => jest.restoreAllMocks());

  const run = <T>(work: (tx: Tx) => Promise<T>) => server.get(UnitOfWork).run(work);
  const tidy = () => server.get(Janitor).tidy();
  const newPerson = () => createPerson(server, { email: `janitor-${++people}@example.com` });
  const count = async (from: Sql): Promise<number> => {
    const [row] = await server.get(Reader).query<{ n: number }>(sql`SELECT count(*) AS n FROM ${from}`);
    return Number(row!.n);
  };
  const grants = (grantId: string) => count(sql`grants WHERE id = ${grantId}`);
  const credentials = (grantId: string) => count(sql`credentials WHERE grant_id = ${grantId}`);
  const tokens = (secret: string) => count(sql`one_time_tokens WHERE digest = ${digestOf(secret)}`);

  /** A moment before the rows' end nothing goes, a moment after it they do. */
  async function expectEnd(after: number, rows: () => Promise<number>): Promise<void> {
    const had = await rows();
    expect(had).toBeGreaterThan(0);
    server.clock.advance(after - 5 * MINUTE);
    await tidy();
    expect(await rows()).toBe(had);
    server.clock.advance(10 * MINUTE);
    expect(await tidy()).toBeGreaterThan(0);
    expect(await rows()).toBe(0);
  }

  describe('deletes', () => {
    it('an expired grant with its credentials after 90 days', async () => {
      const { grantId } = await openSession(server, (await newPerson()).id);
      await expectEnd(
        ABSOLUTE + 90 * DAY,
        async () => (await grants(grantId)) + (await credentials(grantId)),
      );
    });

    it('a revoked grant with its credentials 90 days after its end, and no other of its user', async () => {
      const person = await newPerson();
      const [ended, other] = [await openSession(server, person.id), await openSession(server, person.id)];
      server.clock.advance(HOUR);
      await run((tx) => server.get(Sessions).end(tx, SYSTEM_ACTOR, ended.grantId, 'test'));
      await expectEnd(
        90 * DAY,
        async () => (await grants(ended.grantId)) + (await credentials(ended.grantId)),
      );
      expect(await grants(other.grantId)).toBe(1);
      expect(await credentials(other.grantId)).toBe(1);
    });

    it('a credential 90 days after its end, and not the grant that lives on', async () => {
      const { grantId } = await openSession(server, (await newPerson()).id);
      const farAway = server.clock.now() + 365 * DAY;
      await run((tx) => tx.execute(sql`UPDATE grants SET expires_at = ${farAway} WHERE id = ${grantId}`));
      await expectEnd(ABSOLUTE + 90 * DAY, () => credentials(grantId));
      expect(await grants(grantId)).toBe(1);
    });

    describe('a one-time token 7 days', () => {
      const issue = (person: Person) =>
        run((tx) =>
          server.get(OneTimeTokens).issue(tx, {
            purpose: 'confirm-email',
            userId: person.id,
            address: person.email,
            epoch: 0,
            ttl: 7 * DAY,
          }),
        );

      it('after it expired', async () => {
        const secret = await issue(await newPerson());
        await expectEnd(14 * DAY, () => tokens(secret));
      });

      it('after it was redeemed, and explains a second redemption until then', async () => {
        const secret = await issue(await newPerson());
        server.clock.advance(HOUR);
        const post = () => server.api.post(`/c/confirm-user-email/${secret}`);
        expect((await post()).status).toBe(200);
        expect((await post()).status).toBe(410);
        await expectEnd(7 * DAY, () => tokens(secret));
        expect((await post()).status).toBe(404);
      });

      it('after a newer one took its place', async () => {
        const person = await newPerson();
        const older = await issue(person);
        server.clock.advance(DAY);
        const newer = await issue(person);
        await expectEnd(7 * DAY, () => tokens(older));
        expect(await tokens(newer)).toBe(1);
      });
    });

    it('a sent mail 30 days after it was sent, and its quota after a day', async () => {
      const email = `janitor-mail@example.com`;
      await createPerson(server, { email, password: 'abcd1234' });
      const asked = await server.api.post('/api/v1.1/auth/reset-password/', { email });
      expect(asked.status).toBe(200);
      await server.mailbox.waitFor(email);
      const sent = () => count(sql`outbox WHERE recipient = ${email} AND state = 'sent' AND content IS NULL`);
      const isMarked = (async () => {
        while ((await sent()) === 0) await new Promise((resolve) => setImmediate(resolve));
      })();
      await isMarked;
      const quotas = () => count(sql`mail_quota`);
      await expectEnd(DAY, quotas);
      await expectEnd(29 * DAY - 5 * MINUTE, sent);
    });

    it('an announced change after an hour', async () => {
      const { grantId } = await openSession(server, (await newPerson()).id);
      await run((tx) => server.get(Sessions).end(tx, SYSTEM_ACTOR, grantId, 'test'));
      await expectEnd(HOUR, () => count(sql`change WHERE subject = ${`grant:${grantId}`}`));
    });

    it('nothing that lives, and no user ever', async () => {
      const person = await newPerson();
      const { grantId, token } = await openSession(server, person.id);
      server.clock.advance(23 * HOUR);
      await tidy();
      expect(await grants(grantId)).toBe(1);
      const me = await server.api.get('/api/v1.1/account/me/', { authorization: `Token ${token}` });
      expect(me.status).toBe(200);
      server.clock.advance(500 * DAY);
      await tidy();
      expect(await count(sql`users WHERE id = ${person.id}`)).toBe(1);
      expect(await tidy()).toBe(0);
    });
  });

  it('goes by batches of 1,000, each a unit of work of its own', async () => {
    const fence = server.get(FenceRepository);
    await run((tx) =>
      fence.append(
        tx,
        Array.from({ length: 2_500 }, (_, index) => `user:batch-${index}` as const),
        server.clock.now(),
      ),
    );
    const { id } = await newPerson();
    for (let batch = 0; batch < 5; batch++) {
      await run(async (tx) => {
        for (let session = 0; session < 300; session++) await openSessionIn(server, tx, id);
      });
    }
    server.clock.advance(ABSOLUTE + 91 * DAY);
    const changes = jest.spyOn(fence, 'purge');
    const ended = jest.spyOn(server.get(GrantsRepository), 'purge');
    const units = new Set<unknown>();
    expect(await tidy()).toBeGreaterThanOrEqual(4_000);
    const sizes = async (spy: typeof changes | typeof ended) => {
      for (const [tx] of spy.mock.calls) units.add(tx);
      return Promise.all(spy.mock.results.map(({ value }) => value as Promise<number>));
    };
    expect((await sizes(changes)).slice(0, 2)).toEqual([1_000, 1_000]);
    expect(Math.max(...(await sizes(changes)), ...(await sizes(ended)))).toBe(1_000);
    expect(units.size).toBe(changes.mock.calls.length + ended.mock.calls.length);
    expect(await count(sql`change`)).toBe(0);
    expect(await count(sql`grants WHERE user_id = ${id}`)).toBe(0);
    expect(await count(sql`credentials`)).toBe(0);
  }, 60_000);

  describe('lets one node at a time', () => {
    const otherNode = () => new Leases(server.get(UnitOfWork), server.clock);

    it('have a lease, until it ends', async () => {
      const [one, other] = [otherNode(), otherNode()];
      expect(await one.take('work', MINUTE)).toBe(true);
      expect(await other.take('work', MINUTE)).toBe(false);
      expect(await other.take('other work', MINUTE)).toBe(true);
      server.clock.advance(MINUTE - SECOND);
      expect(await one.take('work', MINUTE)).toBe(true);
      server.clock.advance(MINUTE - SECOND);
      expect(await other.take('work', MINUTE)).toBe(false);
      server.clock.advance(2 * SECOND);
      expect(await other.take('work', MINUTE)).toBe(true);
      expect(await one.take('work', MINUTE)).toBe(false);
    });

    it('win of many that want the same lease at once', async () => {
      for (const isFresh of [true, false]) {
        if (!isFresh) server.clock.advance(HOUR);
        const wins = await Promise.all(
          Array.from({ length: 20 }, () => otherNode().take('contended', MINUTE)),
        );
        expect(wins.filter(Boolean)).toHaveLength(1);
      }
    });

    it('tidy up: the other one finds nothing to do', async () => {
      const { grantId } = await openSession(server, (await newPerson()).id);
      server.clock.advance(ABSOLUTE + 91 * DAY);
      const other = otherNode();
      expect(await other.take('janitor', HOUR)).toBe(true);
      expect(await tidy()).toBe(0);
      expect(await grants(grantId)).toBe(1);
      server.clock.advance(HOUR + SECOND);
      expect(await tidy()).toBeGreaterThan(0);
      expect(await grants(grantId)).toBe(0);
      expect(await other.take('janitor', HOUR)).toBe(false);
    });

    it('go on: who has lost the lease stops after the batch under way', async () => {
      const fence = server.get(FenceRepository);
      await run((tx) =>
        fence.append(
          tx,
          Array.from({ length: 1_500 }, (_, index) => `user:lost-${index}` as const),
          server.clock.now(),
        ),
      );
      server.clock.advance(2 * HOUR);
      const purge = fence.purge.bind(fence);
      jest.spyOn(fence, 'purge').mockImplementationOnce(async (tx, before, batch) => {
        const deleted = await purge(tx, before, batch);
        await tx.execute(sql`UPDATE leases SET holder = 'another', held_until = ${server.clock.now() + HOUR}
          WHERE name = 'janitor'`);
        return deleted;
      });
      await tidy();
      expect(await count(sql`change`)).toBe(500);
    });
  });
});
