import { jest } from '@jest/globals';
import { AuditSealer } from '../../src/audit/audit-sealer.service.js';
import { Figures } from '../../src/figures/figures.service.js';
import { ChangePassword } from '../../src/accounts/change-password.service.js';
import { ChangeState } from '../../src/accounts/change-state.service.js';
import { SYSTEM_ACTOR, type Actor } from '../../src/common/actor.js';
import { DAY, HOUR, MINUTE, SECOND } from '../../src/common/clock.js';
import type { UserPrincipal } from '../../src/common/security/principal.js';
import { Reader } from '../../src/database/db.js';
import { sql } from '../../src/database/sql.js';
import { UnitOfWork } from '../../src/database/unit-of-work.js';
import { Fence } from '../../src/fence/fence.service.js';
import { FenceRepository } from '../../src/fence/fence.repository.js';
import { GrantsRepository } from '../../src/grants/grants.repository.js';
import { GrantUse } from '../../src/grants/grant-use.service.js';
import { Sessions } from '../../src/grants/sessions.service.js';
import { OneTimeTokens } from '../../src/one-time-tokens/one-time-tokens.service.js';
import { Passwords } from '../../src/passwords/passwords.service.js';
import { Users } from '../../src/users/users.service.js';
import { UsersRepository } from '../../src/users/users.repository.js';
import { bearer, tokenHeader, type Answer } from '../support/api.js';
import { runCommand } from '../support/command-line.js';
import {
  createPeople,
  createPerson,
  openSession,
  openSessionIn,
  SURFACE_004,
  type Person,
} from '../support/core-people.js';
import { startTestGatehouse, testEnvironment, type TestGatehouse } from '../support/gatehouse.js';
import { queryDatabase, tablesOf } from '../support/raw-database.js';
import { DIALECT } from '../support/test-database.js';

const ME = '/api/v1.1/account/me/';
const OLD = 'the old password';
const NEW = 'the new password';
const SECRET_KEY = Buffer.alloc(32, 'revocation test').toString('base64');

describe('revocation', () => {
  let server: TestGatehouse;
  let isClosed = false;
  let people = 0;

  beforeAll(async () => {
    server = await startTestGatehouse({ SECRET_KEY });
  });
  afterAll(() => (isClosed ? server.database.drop() : server.stop()));
  afterEach(() => jest.restoreAllMocks());

  const newEmail = () => `person-${++people}@example.com`;
  const me = (token: string): Promise<Answer> => server.api.get(ME, tokenHeader(token));
  const recordOf = async (person: Person) => {
    const record = await server.get(UsersRepository).findById(server.get(Reader), person.id);
    return record!;
  };
  const signIn = (person: Person, password: string) =>
    server.api.post('/api/v1.1/auth/login/', { email: person.email, password });
  const setState = (person: Person, state: 'active' | 'blocked') =>
    server.get(ChangeState).change(SYSTEM_ACTOR, person.id, state);
  const endSession = (grantId: string) =>
    server.get(UnitOfWork).run((tx) => server.get(Sessions).end(tx, SYSTEM_ACTOR, grantId, 'test'));

  /** Changes somebody's password as he himself would from another session; answers the fresh token. */
  async function changeOwnPassword(person: Person, password: string): Promise<string> {
    const user = await recordOf(person);
    const { grantId } = await openSession(server, user.id, user.grantEpoch);
    const principal: UserPrincipal = {
      kind: 'user',
      userId: user.id,
      grantId,
      clientId: null,
      via: 'session',
      permissionCap: null,
      level: user.level,
      roles: [],
      scope: [],
      surface: SURFACE_004,
      authenticatedAt: server.clock.now(),
      session: { digest: '', createdAt: 0, expiresAt: 0, address: '', description: '' },
      user,
    };
    const actor: Actor = { ...SYSTEM_ACTOR, principal };
    const changed = await server.get(ChangePassword).change(actor, {
      surface: SURFACE_004,
      email: person.email,
      password,
      passwordRepeated: password,
    });
    return changed.token!;
  }

  /** How many grants of somebody would still open a door. */
  async function livingGrants(person: Person): Promise<number> {
    const rows = await server.get(Reader).query(
      sql`SELECT g.id FROM grants g JOIN users u ON u.id = g.user_id
          WHERE u.id = ${person.id} AND g.revoked_at IS NULL AND g.epoch = u.grant_epoch AND u.state = 'active'`,
    );
    return rows.length;
  }

  /** Holds the next call of a step of `Passwords`, after its work is done, until `release`. */
  function hold(step: 'verify' | 'hash') {
    const passwords = server.get(Passwords);
    let release = (): void => undefined;
    let arrive = (): void => undefined;
    const released = new Promise<void>((resolve) => (release = resolve));
    const reached = new Promise<void>((resolve) => (arrive = resolve));
    const gated = (real: (...args: never[]) => Promise<unknown>) =>
      async function (this: Passwords, ...args: never[]): Promise<unknown> {
        const result = await real.apply(passwords, args);
        arrive();
        await released;
        return result;
      };
    jest.spyOn(passwords, step).mockImplementationOnce(gated(passwords[step]) as never);
    return { reached, release };
  }

  it('refuses each of 5,000 revoked tokens on the very next request, with a busy event loop', async () => {
    const DISABLED = 1_500;
    const CHANGED = 500;
    const ENDED_EACH = 30;
    const ENDED_USERS = 100;
    const passwordHash = await server.get(Passwords).hash(OLD);
    const all: Person[] = [];
    const total = DISABLED + CHANGED + ENDED_USERS;
    while (all.length < total) {
      const batch = Array.from({ length: Math.min(300, total - all.length) }, () => ({
        email: newEmail(),
        passwordHash,
      }));
      all.push(...(await createPeople(server, batch)));
    }
    type Revocation = { token: string; revoke: () => Promise<unknown> };
    const revocations: Revocation[] = [];
    for (let start = 0; start < total; start += 100) {
      await server.get(UnitOfWork).run(async (tx) => {
        for (const [at, person] of all.slice(start, start + 100).entries()) {
          const index = start + at;
          const count = index < DISABLED + CHANGED ? 1 : ENDED_EACH;
          for (let session = 0; session < count; session++) {
            const { token, grantId } = await openSessionIn(server, tx, person.id);
            const revoke =
              index < DISABLED
                ? () => setState(person, 'blocked')
                : index < DISABLED + CHANGED
                  ? () => changeOwnPassword(person, NEW)
                  : () => endSession(grantId);
            revocations.push({ token, revoke });
          }
        }
      });
    }
    expect(revocations).toHaveLength(5_000);
    // So that the kinds come mixed: 2,741 has no factor in common with 5,000.
    const mixed = revocations.map((_, index) => revocations[(index * 2_741) % revocations.length]!);

    let isBusy = true;
    let spins = 0;
    const spin = () => {
      for (const end = performance.now() + 1; performance.now() < end;);
      spins++;
      if (isBusy) setImmediate(spin);
    };
    setImmediate(spin);

    const tally = { warm: 0, honoured: 0, refused: 0, other: 0 };
    let next = 0;
    const work = async () => {
      for (let revocation = mixed[next++]; revocation; revocation = mixed[next++]) {
        if ((await me(revocation.token)).status === 200) tally.warm++;
        await revocation.revoke();
        const { status } = await me(revocation.token);
        if (status === 200) tally.honoured++;
        else if (status === 403) tally.refused++;
        else tally.other++;
      }
    };
    try {
      await Promise.all(Array.from({ length: 64 }, work));
    } finally {
      isBusy = false;
    }
    expect(tally).toEqual({ warm: 5_000, honoured: 0, refused: 5_000, other: 0 });
    expect(spins).toBeGreaterThan(500);
  }, 600_000);

  describe('while a read is in flight', () => {
    /** Holds the answer of the next call of a read, which the database has already given, until `release`. */
    function holdRead<T extends object>(target: T, method: string & keyof T) {
      let release = (): void => undefined;
      let arrive = (): void => undefined;
      const released = new Promise<void>((resolve) => (release = resolve));
      const reached = new Promise<void>((resolve) => (arrive = resolve));
      const real = (target[method] as (...args: unknown[]) => Promise<unknown>).bind(target);
      jest.spyOn(target, method as never).mockImplementationOnce((async (...args: unknown[]) => {
        const answer = await real(...args);
        arrive();
        await released;
        return answer;
      }) as never);
      return { reached, release };
    }

    it('a request that comes later waits for a later one', async () => {
      const person = await createPerson(server, { email: newEmail() });
      const [one, other] = [await openSession(server, person.id), await openSession(server, person.id)];
      for (const { token } of [one, other]) expect((await me(token)).status).toBe(200);

      const { reached, release } = holdRead(server.get(FenceRepository), 'findAfter');
      const before = me(other.token);
      await reached;
      await endSession(one.grantId);
      const fence = server.get(Fence);
      const passed = fence.passed.bind(fence);
      const arrived = new Promise<void>((resolve) => {
        jest.spyOn(fence, 'passed').mockImplementationOnce(() => {
          resolve();
          return passed();
        });
      });
      const after = me(one.token);
      await arrived;
      release();
      expect((await before).status).toBe(200);
      expect((await after).status).toBe(403);
    });

    it('a copy that was read before a change is not kept after it', async () => {
      const person = await createPerson(server, { email: newEmail() });
      const { token, grantId } = await openSession(server, person.id);
      const { reached, release } = holdRead(server.get(GrantsRepository), 'findCredential');
      const filling = me(token);
      await reached;
      await endSession(grantId);
      expect((await me('0'.repeat(40))).status).toBe(403);
      release();
      await filling;
      expect((await me(token)).status).toBe(403);
    });
  });

  it('holds at every door: the native API refuses with the next request too', async () => {
    const person = await createPerson(server, { email: newEmail() });
    const session = await openSession(server, person.id);
    expect((await server.api.get('/v1/me', bearer(session.token))).status).toBe(200);
    expect((await me(session.token)).status).toBe(200);
    await endSession(session.grantId);
    const [native, surface] = await Promise.all([
      server.api.get('/v1/me', bearer(session.token)),
      me(session.token),
    ]);
    expect([native.status, surface.status]).toEqual([401, 403]);
  });

  it('ends one session only, and tells whether it was alive', async () => {
    const person = await createPerson(server, { email: newEmail() });
    const [one, other] = [await openSession(server, person.id), await openSession(server, person.id)];
    for (const { token } of [one, other]) expect((await me(token)).status).toBe(200);
    expect(await endSession(one.grantId)).toBe(true);
    expect(await endSession(one.grantId)).toBe(false);
    expect((await me(one.token)).status).toBe(403);
    expect((await me(other.token)).status).toBe(200);
  });

  it('leaves a session ended when its user is disabled and enabled again', async () => {
    const person = await createPerson(server, { email: newEmail(), password: OLD });
    const { token } = await openSession(server, person.id);
    expect((await me(token)).status).toBe(200);
    await setState(person, 'blocked');
    expect((await me(token)).status).toBe(403);
    await setState(person, 'active');
    expect((await me(token)).status).toBe(403);
    expect(await livingGrants(person)).toBe(0);
    expect((await signIn(person, OLD)).status).toBe(200);
    expect((await me(token)).status).toBe(403);
  });

  it('ends every other session when the password changes, and keeps the fresh one', async () => {
    const person = await createPerson(server, { email: newEmail(), password: OLD });
    const tokens = [
      (await openSession(server, person.id)).token,
      (await signIn(person, OLD)).body.token as string,
    ];
    for (const token of tokens) expect((await me(token)).status).toBe(200);
    const changed = await server.api.post(
      '/api/v1.1/auth/change-password/',
      { email: person.email, password1: NEW, password2: NEW },
      tokenHeader(tokens[0]!),
    );
    expect(changed.status).toBe(200);
    for (const token of tokens) expect((await me(token)).status).toBe(403);
    expect((await me(changed.body.token as string)).status).toBe(200);
    expect(await livingGrants(person)).toBe(1);
  });

  describe('of a sign-in in flight', () => {
    it('leaves no living token when the password changes meanwhile', async () => {
      const person = await createPerson(server, { email: newEmail(), password: OLD });
      const { reached, release } = hold('verify');
      const pending = signIn(person, OLD);
      await reached;
      const fresh = await changeOwnPassword(person, NEW);
      release();
      const answer = await pending;
      expect(answer.status).toBe(401);
      expect(answer.body).not.toHaveProperty('token');
      expect(await livingGrants(person)).toBe(1);
      expect((await me(fresh)).status).toBe(200);
      expect((await signIn(person, OLD)).status).toBe(401);
    });

    it('leaves no living token when the user is disabled meanwhile, enabled again or not', async () => {
      for (const isEnabledAgain of [false, true]) {
        const person = await createPerson(server, { email: newEmail(), password: OLD });
        const { reached, release } = hold('verify');
        const pending = signIn(person, OLD);
        await reached;
        await setState(person, 'blocked');
        if (isEnabledAgain) await setState(person, 'active');
        release();
        const answer = await pending;
        expect(answer.status).toBe(401);
        expect(answer.body).not.toHaveProperty('token');
        await setState(person, 'active');
        expect(await livingGrants(person)).toBe(0);
      }
    });

    it('does not put the hash of the old password back when it replaces an outdated one', async () => {
      const outdated = '$2b$04$KJ3t0ogYXZ2FfXbZRdbVa.u6Q7O/IMXSaB5Iwo0XHq4u2GF8Mz5Ce';
      const person = await createPerson(server, { email: newEmail() });
      await server.get(UnitOfWork).run(async (tx) => {
        await tx.execute(sql`UPDATE users SET password_hash = ${outdated} WHERE id = ${person.id}`);
      });
      jest
        .spyOn(server.get(Passwords), 'verify')
        .mockImplementationOnce(async () => ({ matches: true, isOutdated: true }));
      const { reached, release } = hold('hash');
      const pending = signIn(person, OLD);
      await reached;
      await changeOwnPassword(person, NEW);
      release();
      expect((await pending).status).toBe(401);
      expect((await signIn(person, NEW)).status).toBe(200);
      expect((await signIn(person, OLD)).status).toBe(401);
    });
  });

  it('of a password change in flight: a user who is disabled meanwhile keeps his password and no token', async () => {
    const person = await createPerson(server, { email: newEmail(), password: OLD });
    const { token } = await openSession(server, person.id);
    const { reached, release } = hold('hash');
    const pending = server.api.post(
      '/api/v1.1/auth/change-password/',
      { email: person.email, password1: NEW, password2: NEW },
      tokenHeader(token),
    );
    await reached;
    await setState(person, 'blocked');
    release();
    const answer = await pending;
    expect(answer.status).toBeGreaterThanOrEqual(400);
    expect(answer.status).toBeLessThan(500);
    expect(answer.body).not.toHaveProperty('token');
    await setState(person, 'active');
    expect(await livingGrants(person)).toBe(0);
    expect((await signIn(person, NEW)).status).toBe(401);
    expect((await signIn(person, OLD)).status).toBe(200);
  });

  describe('of a redemption in flight', () => {
    const issue = (person: Person) =>
      server.get(UnitOfWork).run((tx) =>
        server.get(OneTimeTokens).issue(tx, {
          purpose: 'set-password',
          userId: person.id,
          address: person.email,
          epoch: 0,
          ttl: HOUR,
        }),
      );
    const redeem = (person: Person, token: string, password: string) =>
      server.api.post('/api/v1.1/auth/change-password/', {
        email: person.email,
        password1: password,
        password2: password,
        password_change_token: token,
      });

    const meanwhile: [string, (person: Person) => Promise<unknown>, living: number][] = [
      ['the password changes', (person) => changeOwnPassword(person, NEW), 1],
      ['the user is disabled', (person) => setState(person, 'blocked'), 0],
      [
        'the user is disabled and enabled again',
        async (person) => {
          await setState(person, 'blocked');
          await setState(person, 'active');
        },
        0,
      ],
    ];
    it.each(meanwhile)('leaves no living token when %s meanwhile', async (_what, act, living) => {
      const person = await createPerson(server, { email: newEmail(), password: OLD });
      const token = await issue(person);
      const { reached, release } = hold('hash');
      const pending = redeem(person, token, 'the redeemed password');
      await reached;
      await act(person);
      release();
      const answer = await pending;
      expect(answer.status).toBe(400);
      expect(answer.body).not.toHaveProperty('token');
      await setState(person, 'active');
      expect(await livingGrants(person)).toBe(living);
      expect((await signIn(person, 'the redeemed password')).status).toBe(401);
      expect((await redeem(person, token, 'the redeemed password')).status).toBe(400);
    });
  });

  describe('of a cached copy', () => {
    it('shows a change of level on the next request', async () => {
      const person = await createPerson(server, { email: newEmail() });
      const { token } = await openSession(server, person.id);
      expect((await me(token)).body.level).toBe('simpleuser');
      expect((await server.api.get('/v1/users', bearer(token))).status).toBe(403);
      const setLevel = (level: 'manager' | 'member') =>
        server.get(UnitOfWork).run((tx) => server.get(Users).applyFields(tx, person.id, { level }));
      await setLevel('manager');
      expect((await server.api.get('/v1/users', bearer(token))).status).toBe(200);
      expect((await me(token)).body.level).toBe('manager');
      await setLevel('member');
      expect((await server.api.get('/v1/users', bearer(token))).status).toBe(403);
      expect((await me(token)).body.level).toBe('simpleuser');
    });

    it('shows a change of profile on the next request, in every session', async () => {
      const person = await createPerson(server, { email: newEmail() });
      const [one, other] = [await openSession(server, person.id), await openSession(server, person.id)];
      for (const { token } of [one, other]) expect((await me(token)).body.first_name).toBe('');
      const renamed = await server.api.patch(ME, { first_name: 'Augusta' }, tokenHeader(one.token));
      expect(renamed.status).toBe(200);
      for (const { token } of [one, other]) expect((await me(token)).body.first_name).toBe('Augusta');
      const moved = newEmail();
      const edited = await server.api.patch(
        ME,
        { first_name: 'Ada', last_name: 'Lovelace', email: moved },
        tokenHeader(one.token),
      );
      expect(edited.status).toBe(200);
      for (const { token } of [one, other]) {
        expect((await me(token)).body).toMatchObject({
          first_name: 'Ada',
          last_name: 'Lovelace',
          email: moved,
        });
        expect((await server.api.get('/v1/me', bearer(token))).body.email).toBe(moved);
      }
    });

    it('is dropped for what another process does: the next request of a disabled user is refused', async () => {
      const [target, bystander] = await createPeople(server, [{ email: newEmail() }, { email: newEmail() }]);
      const session = await openSession(server, target!.id);
      const others = await openSession(server, bystander!.id);
      for (const { token } of [session, others]) expect((await me(token)).status).toBe(200);
      const environment = { ...testEnvironment(server.dataDir, server.database.url), SECRET_KEY };
      const disabled = await runCommand(environment, 'user', 'disable', target!.email);
      expect(disabled).toMatchObject({ code: 0, out: expect.stringContaining(`${target!.id} disabled`) });
      expect((await me(session.token)).status).toBe(403);
      expect((await me(others.token)).status).toBe(200);
      const enabled = await runCommand(environment, 'user', 'enable', target!.email);
      expect(enabled.code).toBe(0);
      expect((await me(session.token)).status).toBe(403);
      expect((await me((await openSession(server, target!.id, 1)).token)).status).toBe(200);
    }, 60_000);
  });

  describe('by time', () => {
    it('ends a session that is not used for the idle time, and no other', async () => {
      const person = await createPerson(server, { email: newEmail() });
      const [used, idle] = [await openSession(server, person.id), await openSession(server, person.id)];
      for (const { token } of [used, idle]) expect((await me(token)).status).toBe(200);
      server.clock.advance(DAY - HOUR);
      expect((await me(used.token)).status).toBe(200);
      server.clock.advance(HOUR + SECOND);
      expect((await me(used.token)).status).toBe(200);
      expect((await me(idle.token)).status).toBe(403);
      server.clock.advance(DAY - SECOND);
      expect((await me(used.token)).status).toBe(200);
      server.clock.advance(DAY);
      expect((await me(used.token)).status).toBe(403);
    });

    it('counts a use at once, and still counts it when it has been written', async () => {
      const person = await createPerson(server, { email: newEmail() });
      const session = await openSession(server, person.id);
      // Shorter than a cached copy lives, so that the copy's own time of last use is not enough.
      await server.get(UnitOfWork).run(async (tx) => {
        await tx.execute(sql`UPDATE grants SET idle_ttl = ${10 * SECOND} WHERE id = ${session.grantId}`);
      });
      for (const isWritten of [false, false, true, true, false]) {
        expect((await me(session.token)).status).toBe(200);
        server.clock.advance(6 * SECOND);
        if (isWritten) await server.get(GrantUse).flush();
      }
      server.clock.advance(5 * SECOND);
      expect((await me(session.token)).status).toBe(403);
    });

    it('ends a session at its absolute age, however much it is used', async () => {
      const person = await createPerson(server, { email: newEmail() });
      const { token } = await openSession(server, person.id);
      for (let half = 0; half < 59; half++) {
        expect((await me(token)).status).toBe(200);
        server.clock.advance(DAY / 2);
      }
      expect((await me(token)).status).toBe(200);
      server.clock.advance(DAY / 2);
      expect((await me(token)).status).toBe(403);
    });

    it('honours a cached copy no longer than its session lives', async () => {
      const person = await createPerson(server, { email: newEmail() });
      const session = await openSession(server, person.id);
      const end = server.clock.now() + 10 * SECOND;
      await server.get(UnitOfWork).run(async (tx) => {
        await tx.execute(sql`UPDATE grants SET expires_at = ${end} WHERE id = ${session.grantId}`);
      });
      expect((await me(session.token)).status).toBe(200);
      server.clock.advance(10 * SECOND);
      expect((await me(session.token)).status).toBe(403);
    });
  });

  describe('and the time of last use', () => {
    // As at a stop: from here on it is written when a test says so, not when half a minute has passed.
    beforeAll(() => server.get(GrantUse).beforeApplicationShutdown());

    const lastUseOf = async (grantId: string): Promise<number> => {
      const [row] = await queryDatabase(
        server.database,
        `SELECT last_used_at AS at FROM grants WHERE id = '${grantId}'`,
      );
      return Number(row!['at']);
    };

    /** Changes whenever anything in the database was written: SQLite's file, or a row version of PostgreSQL. */
    async function fingerprint(): Promise<string> {
      const rows: unknown[] = [];
      for (const table of await tablesOf(server.database)) {
        const columns = DIALECT === 'sqlite' ? '*' : `xmin::text AS row_xmin, ctid::text AS row_ctid, *`;
        rows.push(table, await queryDatabase(server.database, `SELECT ${columns} FROM "${table}"`));
      }
      return JSON.stringify(rows);
    }

    it('writes nothing while tokens are checked, and one line per grant when it is flushed', async () => {
      const person = await createPerson(server, { email: newEmail() });
      const sessions = await Promise.all(Array.from({ length: 10 }, () => openSession(server, person.id)));
      await server.get(GrantUse).flush();
      await server.get(AuditSealer).seal();
      await server.get(Figures).flush();
      const before = await fingerprint();
      const writes = jest.spyOn(server.get(UnitOfWork), 'run');
      server.clock.advance(HOUR);
      for (let round = 0; round < 30; round++) {
        const answers = await Promise.all(sessions.map(({ token }) => me(token)));
        expect(answers.every(({ status }) => status === 200)).toBe(true);
        await server.api.get('/v1/me', bearer(sessions[0]!.token));
        await me('0'.repeat(40));
      }
      expect(writes).not.toHaveBeenCalled();
      expect(await fingerprint()).toBe(before);
      const used = server.clock.now();
      await server.get(GrantUse).flush();
      expect(writes).toHaveBeenCalledTimes(1);
      for (const { grantId } of sessions) expect(used - (await lastUseOf(grantId))).toBeLessThan(MINUTE);
      expect(await fingerprint()).not.toBe(before);
    });

    it('never moves back', async () => {
      const person = await createPerson(server, { email: newEmail() });
      const { token, grantId } = await openSession(server, person.id);
      expect((await me(token)).status).toBe(200);
      const ahead = server.clock.now() + HOUR;
      await server.get(UnitOfWork).run(async (tx) => {
        await tx.execute(sql`UPDATE grants SET last_used_at = ${ahead} WHERE id = ${grantId}`);
      });
      await server.get(GrantUse).flush();
      expect(await lastUseOf(grantId)).toBe(ahead);
    });

    it('keeps what could not be written for the next time', async () => {
      const person = await createPerson(server, { email: newEmail() });
      const { token, grantId } = await openSession(server, person.id);
      const opened = await lastUseOf(grantId);
      server.clock.advance(HOUR);
      expect((await me(token)).status).toBe(200);
      await server.get(AuditSealer).seal();
      await server.get(Figures).flush();
      jest.spyOn(server.get(UnitOfWork), 'run').mockRejectedValueOnce(new Error('the database is away'));
      await server.get(GrantUse).flush();
      expect(await lastUseOf(grantId)).toBe(opened);
      await server.get(GrantUse).flush();
      expect(await lastUseOf(grantId)).toBeGreaterThanOrEqual(opened + HOUR);
    });

    it('is written when the server closes', async () => {
      const person = await createPerson(server, { email: newEmail() });
      const { token, grantId } = await openSession(server, person.id);
      const opened = await lastUseOf(grantId);
      server.clock.advance(HOUR);
      expect((await me(token)).status).toBe(200);
      expect(await lastUseOf(grantId)).toBe(opened);
      isClosed = true;
      await server.gatehouse.app.close();
      expect(await lastUseOf(grantId)).toBeGreaterThanOrEqual(opened + HOUR);
    });
  });
});
