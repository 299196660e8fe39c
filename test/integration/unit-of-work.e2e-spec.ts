import { getDataSourceToken } from '@nestjs/typeorm';
import BetterSqlite3 from 'better-sqlite3';
import type { DataSource } from 'typeorm';
import { Overloaded } from '../../src/common/errors.js';
import { Reader, UnitOfWorkEnded, type Db, type Tx } from '../../src/database/db.js';
import { uniqueViolation } from '../../src/database/faults.js';
import { LeaseEntity } from '../../src/database/lease.entity.js';
import { sql } from '../../src/database/sql.js';
import { NestedUnitOfWork, UnitOfWork, UnitOfWorkSpoilt } from '../../src/database/unit-of-work.js';
import { startTestGatehouse, type TestGatehouse } from '../support/gatehouse.js';
import { DIALECT } from '../support/test-database.js';

// The table `leases` stands for any table: it has a key and belongs to nobody.
const turn = () => new Promise<void>((resolve) => setImmediate(resolve));
const turns = async (count: number) => {
  for (let done = 0; done < count; done++) await turn();
};
const write = (tx: Tx, name: string) =>
  tx.query(sql`INSERT INTO leases (name, holder, held_until) VALUES (${name}, 'test', 0) RETURNING name`);
const namesIn = async (db: Db, prefix: string): Promise<string[]> => {
  const rows = await db.query<{ name: string }>(
    sql`SELECT name FROM leases WHERE name >= ${prefix} AND name < ${`${prefix}~`} ORDER BY name`,
  );
  return rows.map(({ name }) => name);
};

interface Gate {
  readonly opened: Promise<void>;
  open(): void;
}
function gate(): Gate {
  let open = (): void => undefined;
  const opened = new Promise<void>((resolve) => (open = resolve));
  return { opened, open };
}

describe('the unit of work', () => {
  let server: TestGatehouse;
  let unitOfWork: UnitOfWork;
  let reader: Reader;

  beforeAll(async () => {
    server = await startTestGatehouse();
    unitOfWork = server.get(UnitOfWork);
    reader = server.get(Reader);
  });
  afterAll(() => server.stop());

  it('runs 200 at once, mixing reads, writes and throws: no dirty read, nothing lost', async () => {
    const UNITS = 200;
    /** Units whose work is done: only now may anybody else see their rows. */
    const mayBeSeen = new Set<number>();
    const seen = { dirty: [] as string[], torn: [] as string[], looks: 0 };
    const starts: number[] = [];

    const check = (names: readonly string[], own: number | null) => {
      seen.looks++;
      const parts = new Map<number, number>();
      for (const name of names) {
        const unit = Number(name.split('-')[1]);
        if (unit === own) continue;
        parts.set(unit, (parts.get(unit) ?? 0) + 1);
        if (!mayBeSeen.has(unit)) seen.dirty.push(`${own ?? 'reader'} sees ${name}`);
      }
      for (const [unit, count] of parts) if (count !== 3) seen.torn.push(`${count} rows of ${unit}`);
    };

    const units = Array.from({ length: UNITS }, (_, unit) =>
      unitOfWork.run(async (tx) => {
        starts.push(unit);
        await write(tx, `mix-${unit}-a`);
        await turns(unit % 4);
        check(await namesIn(tx, 'mix-'), unit);
        await write(tx, `mix-${unit}-b`);
        if (unit % 5 === 0) throw new Error(`unit ${unit} changes its mind`);
        if (unit % 5 === 1) {
          // A forgotten statement under way must not outlive the unit that gives up.
          void write(tx, `mix-${unit}-c`).catch(() => undefined);
          throw new Error(`unit ${unit} gives up half-way`);
        }
        if (unit % 5 === 2) await write(tx, `mix-${unit}-a`);
        await write(tx, `mix-${unit}-c`);
        check(await namesIn(tx, 'mix-'), unit);
        await turns(unit % 3);
        mayBeSeen.add(unit);
        return unit;
      }),
    );

    let isOver = false;
    const outside = (async () => {
      while (!isOver) {
        check(await namesIn(reader, 'mix-'), null);
        await turn();
      }
    })();
    const outcomes = await Promise.allSettled(units);
    isOver = true;
    await outside;

    expect(seen.looks).toBeGreaterThan(UNITS);
    expect(seen.dirty).toEqual([]);
    expect(seen.torn).toEqual([]);
    const resolved = outcomes.flatMap((outcome) => (outcome.status === 'fulfilled' ? [outcome.value] : []));
    expect(resolved).toHaveLength(80);
    const expected = resolved.flatMap((unit) => ['a', 'b', 'c'].map((part) => `mix-${unit}-${part}`)).sort();
    expect((await namesIn(reader, 'mix-')).sort()).toEqual(expected);
    for (const [unit, outcome] of outcomes.entries()) {
      if (unit % 5 > 2) expect(outcome.status).toBe('fulfilled');
      if (unit % 5 === 2) expect(uniqueViolation((outcome as PromiseRejectedResult).reason)).toBe('leases');
    }
    if (DIALECT === 'sqlite') expect(starts).toEqual(Array.from({ length: UNITS }, (_, unit) => unit));
  });

  it('never resolves a unit whose failed statement undid its work', async () => {
    // Many times: what the driver knows of the failure may come later than the error itself.
    for (let time = 0; time < 30; time++) {
      const name = `swallow-${time}.`;
      const [outcome] = await Promise.allSettled([
        unitOfWork.run(async (tx) => {
          await write(tx, name);
          await write(tx, name).catch(() => undefined);
        }),
      ]);
      // SQLite undoes the one statement, PostgreSQL the whole unit.
      if (DIALECT === 'sqlite') expect(outcome.status).toBe('fulfilled');
      else expect((outcome as PromiseRejectedResult).reason).toBeInstanceOf(UnitOfWorkSpoilt);
      expect(await namesIn(reader, name)).toEqual(DIALECT === 'sqlite' ? [name] : []);
    }
  });

  it('refuses a tx that is used after its end', async () => {
    let kept: Tx | undefined;
    await unitOfWork.run(async (tx) => {
      kept = tx;
      await write(tx, 'ended-1');
    });
    let failed: Tx | undefined;
    const failure = unitOfWork.run(async (tx) => {
      failed = tx;
      throw new Error('no');
    });
    await expect(failure).rejects.toThrow('no');
    for (const tx of [kept!, failed!]) {
      await expect(write(tx, 'ended-2')).rejects.toThrow(UnitOfWorkEnded);
      await expect(tx.execute(sql`DELETE FROM leases`)).rejects.toThrow(UnitOfWorkEnded);
      expect(() => tx.manager).toThrow(UnitOfWorkEnded);
      expect(() => tx.afterCommit(() => undefined)).toThrow(UnitOfWorkEnded);
      expect(() => tx.beforeCommit({}, async () => undefined)).toThrow(UnitOfWorkEnded);
    }
    expect(await namesIn(reader, 'ended-')).toEqual(['ended-1']);
  });

  describe('inside another', () => {
    const inner = () => unitOfWork.run((tx) => write(tx, 'nested-inner'));
    const attempts: [string, (tx: Tx) => Promise<unknown>][] = [
      ['at once', () => inner()],
      [
        'after several awaits',
        async (tx) => {
          await write(tx, 'nested-outer');
          await turns(3);
          await namesIn(tx, 'nested-');
          return await inner();
        },
      ],
      ['inside Promise.all', (tx) => Promise.all([namesIn(tx, 'nested-'), inner()])],
      [
        'inside Promise.all after an await',
        async (tx) => {
          const deep = async () => {
            await turn();
            return await inner();
          };
          return await Promise.all([deep(), namesIn(tx, 'nested-')]);
        },
      ],
      ['before the commit', async (tx) => tx.beforeCommit({}, async () => void (await inner()))],
    ];
    it.each(attempts)('is refused %s', async (_when, work) => {
      await expect(unitOfWork.run(work)).rejects.toThrow(NestedUnitOfWork);
      expect(await namesIn(reader, 'nested-')).toEqual([]);
    });

    it('works by handing the tx down, and one after another', async () => {
      const helper = async (tx: Tx, name: string) => {
        await turn();
        await write(tx, name);
      };
      await unitOfWork.run(async (tx) => {
        await helper(tx, 'handed-1');
        await helper(tx, 'handed-2');
      });
      await unitOfWork.run((tx) => helper(tx, 'handed-3'));
      expect(await namesIn(reader, 'handed-')).toEqual(['handed-1', 'handed-2', 'handed-3']);
    });

    it('is allowed after the commit', async () => {
      let second: Promise<unknown> = Promise.resolve();
      await unitOfWork.run(async (tx) => {
        await write(tx, 'chained-1');
        tx.afterCommit(() => {
          second = unitOfWork.run((next) => write(next, 'chained-2'));
        });
      });
      await second;
      expect(await namesIn(reader, 'chained-')).toEqual(['chained-1', 'chained-2']);
    });
  });

  describe('afterCommit', () => {
    it('runs after the commit, in order, when everybody sees what was written', async () => {
      const order: string[] = [];
      let look: Promise<string[]> = Promise.resolve([]);
      await unitOfWork.run(async (tx) => {
        tx.afterCommit(() => {
          order.push('first');
          look = namesIn(reader, 'after-');
        });
        tx.afterCommit(() => order.push('second'));
        await write(tx, 'after-1');
        order.push('work');
      });
      expect(order).toEqual(['work', 'first', 'second']);
      expect(await look).toEqual(['after-1']);
    });

    it('does not run when the unit fails, in its work or at its commit', async () => {
      const ran: string[] = [];
      const thrown = unitOfWork.run(async (tx) => {
        tx.afterCommit(() => ran.push('thrown'));
        await write(tx, 'after-2');
        throw new Error('no');
      });
      await expect(thrown).rejects.toThrow('no');
      const refused = unitOfWork.run(async (tx) => {
        tx.afterCommit(() => ran.push('refused'));
        tx.beforeCommit({}, async () => {
          throw new Error('not at the last moment');
        });
        await write(tx, 'after-3');
      });
      await expect(refused).rejects.toThrow('not at the last moment');
      expect(ran).toEqual([]);
      expect(await namesIn(reader, 'after-')).toEqual(['after-1']);
    });

    it('cannot undo a commit by throwing', async () => {
      const ran: string[] = [];
      const answer = await unitOfWork.run(async (tx) => {
        tx.afterCommit(() => {
          throw new Error('a careless callback');
        });
        tx.afterCommit(() => ran.push('next'));
        await write(tx, 'careless-1');
        return 42;
      });
      expect(answer).toBe(42);
      expect(ran).toEqual(['next']);
      expect(await namesIn(reader, 'careless-')).toEqual(['careless-1']);
    });
  });

  it('runs beforeCommit last, once per owner, inside the unit', async () => {
    const order: string[] = [];
    const owner = {};
    await unitOfWork.run(async (tx) => {
      for (const time of [1, 2]) {
        tx.beforeCommit(owner, async () => {
          order.push(`flush ${time}`);
          await write(tx, 'before-2');
        });
      }
      tx.afterCommit(() => order.push('committed'));
      await write(tx, 'before-1');
      order.push('work');
      expect(await namesIn(reader, 'before-')).toEqual([]);
    });
    expect(order).toEqual(['work', 'flush 1', 'committed']);
    expect(await namesIn(reader, 'before-')).toEqual(['before-1', 'before-2']);
  });

  it('writes by entity in the same unit', async () => {
    const failure = unitOfWork.run(async (tx) => {
      await tx.manager.insert(LeaseEntity, { name: 'entity-1', holder: 'test', heldUntil: 0 });
      expect(await namesIn(tx, 'entity-')).toEqual(['entity-1']);
      expect(await namesIn(reader, 'entity-')).toEqual([]);
      throw new Error('no');
    });
    await expect(failure).rejects.toThrow('no');
    expect(await namesIn(reader, 'entity-')).toEqual([]);
  });

  if (DIALECT === 'sqlite') {
    describe('while another process holds the write lock', () => {
      let other: BetterSqlite3.Database;

      beforeEach(() => {
        other = new BetterSqlite3(server.database.url.slice('sqlite:'.length), { timeout: 0 });
        other.exec('BEGIN IMMEDIATE');
      });
      afterEach(() => other.close());

      it('waits in JavaScript: the event loop goes on, and reads are answered', async () => {
        let settled = 0;
        const waiting = ['locked-1', 'locked-2', 'locked-3'].map((name) =>
          unitOfWork.run((tx) => write(tx, name)).finally(() => settled++),
        );
        let longestTurn = 0;
        let last = performance.now();
        // Far longer than the first, short pauses between two tries.
        for (const end = last + 700; last < end;) {
          await turn();
          await namesIn(reader, 'locked-');
          const now = performance.now();
          longestTurn = Math.max(longestTurn, now - last);
          last = now;
        }
        expect(settled).toBe(0);
        expect(longestTurn).toBeLessThan(300);
        other.exec('COMMIT');
        await Promise.all(waiting);
        expect(await namesIn(reader, 'locked-')).toEqual(['locked-1', 'locked-2', 'locked-3']);
      });

      it('gives up with Overloaded after 5 s, all that wait alike, and works again afterwards', async () => {
        const begun = performance.now();
        const refusals = await Promise.allSettled(
          ['given-up-1', 'given-up-2', 'given-up-3'].map((name) => unitOfWork.run((tx) => write(tx, name))),
        );
        const elapsed = performance.now() - begun;
        for (const refusal of refusals) {
          expect((refusal as PromiseRejectedResult).reason).toBeInstanceOf(Overloaded);
        }
        expect(elapsed).toBeGreaterThan(4_900);
        expect(elapsed).toBeLessThan(7_000);
        other.exec('ROLLBACK');
        await unitOfWork.run((tx) => write(tx, 'given-up-4'));
        expect(await namesIn(reader, 'given-up-')).toEqual(['given-up-4']);
      }, 20_000);
    });
  } else {
    it('runs a unit again that PostgreSQL chose as the victim of a deadlock', async () => {
      await unitOfWork.run(async (tx) => {
        for (const name of ['dead-1', 'dead-2']) await write(tx, name);
      });
      const raise = (tx: Tx, name: string) =>
        tx.execute(sql`UPDATE leases SET held_until = held_until + 1 WHERE name = ${name}`);
      const hasFirst = { one: gate(), other: gate() };
      const committed: string[] = [];
      let runs = 0;
      const cross = (own: Gate, others: Gate, first: string, second: string) =>
        unitOfWork.run(async (tx) => {
          runs++;
          tx.afterCommit(() => committed.push(first));
          await raise(tx, first);
          own.open();
          await others.opened;
          await raise(tx, second);
        });
      await Promise.all([
        cross(hasFirst.one, hasFirst.other, 'dead-1', 'dead-2'),
        cross(hasFirst.other, hasFirst.one, 'dead-2', 'dead-1'),
      ]);
      // One of the two was a victim at least once; on a busy machine the other may be too.
      expect(runs).toBeGreaterThanOrEqual(3);
      expect(committed.sort()).toEqual(['dead-1', 'dead-2']);
      const rows = await reader.query<{ held_until: number }>(
        sql`SELECT held_until FROM leases WHERE name IN ('dead-1', 'dead-2')`,
      );
      expect(rows.map(({ held_until }) => Number(held_until))).toEqual([2, 2]);
    }, 20_000);

    it('hands every connection back, whatever became of its unit', async () => {
      const primary = server.gatehouse.app.get<DataSource>(getDataSourceToken('primary'));
      const pool = (primary.driver as unknown as { master: { totalCount: number; idleCount: number } })
        .master;
      await Promise.allSettled(
        Array.from({ length: 40 }, (_, unit) =>
          unitOfWork.run(async (tx) => {
            await write(tx, `pool-${unit % 20}`);
            if (unit % 3 === 0) throw new Error('no');
          }),
        ),
      );
      expect(pool.totalCount).toBeLessThanOrEqual(10);
      expect(pool.idleCount).toBe(pool.totalCount);
    });
  }
});
