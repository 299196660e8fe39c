import { jest } from '@jest/globals';
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ImportUsers } from '../../src/accounts/moving/import-users.service.js';
import { CreateUser } from '../../src/accounts/create-user.service.js';
import { AuditSealer } from '../../src/audit/audit-sealer.service.js';
import { VerifyChain } from '../../src/audit/verify-chain.service.js';
import { SYSTEM_ACTOR, type Actor } from '../../src/common/actor.js';
import { DAY } from '../../src/common/clock.js';
import { UnitOfWork } from '../../src/database/unit-of-work.js';
import { ExportFile } from '../../src/imports/export-file.service.js';
import { formatOf } from '../../src/imports/import-file.js';
import { ImportFile, type ImportOptions } from '../../src/imports/import-file.service.js';
import type { RowFault } from '../../src/imports/import-report.js';
import { Janitor } from '../../src/janitor/janitor.service.js';
import { Roles } from '../../src/roles/roles.service.js';
import { Users } from '../../src/users/users.service.js';
import { fingerprintOf } from '../support/database-fingerprint.js';
import { startTestGatehouse, type TestGatehouse } from '../support/gatehouse.js';
import { queryDatabase } from '../support/raw-database.js';

jest.setTimeout(240_000);

const PASSWORD = 'an imported hörse 1';
const KINDS = 15;
const TODAYS = /^\$argon2id\$v=19\$m=64,t=2,p=1\$[A-Za-z0-9+/]{22}\$[A-Za-z0-9+/]{43}$/;
const USUAL: ImportOptions = { source: 'import', dryRun: false, strict: false, again: false };
const BCRYPT = '$2b$04$CCCCCCCCCCCCCCCCCCCCC.TKL0PRqKTFpW12ixR4oYE99BBVQw9Ee';

async function makeRole(server: TestGatehouse): Promise<void> {
  await server.get(UnitOfWork).run(async (tx) => {
    await server.get(Roles).create(tx, { name: 'Clerk', permissions: [] });
  });
}

describe('an import', () => {
  let server: TestGatehouse;
  let files = 0;

  beforeAll(async () => {
    server = await startTestGatehouse({ HASH_TIME_COST: '2' });
    await makeRole(server);
  });
  afterAll(() => server.stop());
  afterEach(() => jest.restoreAllMocks());

  const fileOf = (content: string, extension = 'csv') => {
    const path = join(server.dataDir, `import-${++files}.${extension}`);
    writeFileSync(path, content);
    return path;
  };

  async function importing(path: string, options: Partial<ImportOptions> = {}, actor: Actor = SYSTEM_ACTOR) {
    const faults: RowFault[] = [];
    const watch = { fault: (fault: RowFault) => faults.push(fault), progress: () => undefined };
    const file = { path, format: formatOf(path)! };
    const report = await server.get(ImportFile).import(actor, file, { ...USUAL, ...options }, watch);
    return { ...report, faults: faults.map(({ line, field, why }) => `${line} ${field ?? '-'}: ${why}`) };
  }

  const rows = (text: string) => queryDatabase(server.database, text);
  const userOf = async (email: string) =>
    (await rows(`SELECT * FROM users WHERE email = '${email}'`))[0] ?? null;

  it('makes users as they are made one by one: identifiers, account, audit', async () => {
    const path = fileOf(
      'externalId,email,emailConfirmed,username,phone,firstName,lastName,passwordHash,createdAt,type\n' +
        `7,Ann@Example.org,2024-02-01T00:00:00Z,Ann.K,+48500100200,Ann,Kay,${BCRYPT},2024-01-01T00:00:00Z,\n` +
        '8,bob@example.org,,,,,,,,admin\n',
    );
    await server.get(AuditSealer).seal();
    expect(await importing(path)).toEqual({
      outcome: 'imported',
      created: 2,
      alreadyThere: 0,
      faulty: 0,
      resumedAfter: 0,
      finishedAt: expect.any(Number),
      faults: [],
    });
    const ann = await userOf('ann@example.org');
    expect(ann).toMatchObject({
      type: 'customer',
      level: 'member',
      state: 'active',
      username: 'Ann.K',
      password_hash: BCRYPT,
      password_changed_at: expect.anything(),
      grant_epoch: 0,
      roles: '[]',
    });
    expect(Number(ann!['created_at'])).toBe(Date.parse('2024-01-01T00:00:00Z'));
    expect(Number(ann!['email_confirmed_at'])).toBe(Date.parse('2024-02-01T00:00:00Z'));
    const id = String(ann!['id']);
    expect(
      await rows(`SELECT value, kind FROM user_identifiers WHERE user_id = '${id}' ORDER BY kind`),
    ).toEqual([
      { value: 'ann@example.org', kind: 'email' },
      { value: '+48500100200', kind: 'phone' },
      { value: 'ann.k', kind: 'username' },
    ]);
    expect(await rows(`SELECT name FROM accounts WHERE owner_id = '${id}'`)).toEqual([{ name: 'Ann Kay' }]);
    expect(await rows(`SELECT source, foreign_id FROM user_foreign_ids WHERE user_id = '${id}'`)).toEqual([
      { source: 'import', foreign_id: '7' },
    ]);
    const bob = await userOf('bob@example.org');
    expect(bob).toMatchObject({
      type: 'admin',
      level: 'manager',
      password_hash: null,
      password_changed_at: null,
    });
    expect(
      await rows(
        `SELECT kind, actor_kind FROM audit_events WHERE user_id = '${String(bob!['id'])}' ORDER BY id`,
      ),
    ).toEqual([
      { kind: 'user.registered', actor_kind: 'system' },
      { kind: 'user.rights-changed', actor_kind: 'system' },
    ]);
    // They are chained at once, and the chain goes on.
    const unsealed = await rows(
      "SELECT e.kind FROM audit_pending p JOIN audit_events e ON e.id = p.event_id WHERE e.kind <> 'users.imported'",
    );
    expect(unsealed).toEqual([]);
    expect(await server.get(VerifyChain).verify()).toMatchObject({ holds: true });
    expect(await rows("SELECT id FROM outbox WHERE state <> 'sent'")).toEqual([]);
  });

  it('signs everybody in with the hash that he brought, which is replaced then', async () => {
    const path = join(server.dataDir, 'people.csv');
    execFileSync(process.execPath, ['bench/import-people.mjs', path, String(KINDS)]);
    expect(await importing(path)).toMatchObject({ created: KINDS, faulty: 0, faults: [] });
    for (let n = 0; n < KINDS; n++) {
      const email = `user${n}@example.org`;
      const login = (password: string) => server.api.post('/api/v1.1/auth/login/', { email, password });
      const brought = (await userOf(email))!['password_hash'];
      expect(brought).not.toMatch(TODAYS);
      expect([email, (await login(`${PASSWORD}.`)).status]).toEqual([email, 401]);
      expect((await userOf(email))!['password_hash']).toBe(brought);
      expect([email, (await login(PASSWORD)).status]).toEqual([email, 200]);
      expect((await userOf(email))!['password_hash']).toMatch(TODAYS);
      expect([email, (await login(PASSWORD)).status]).toEqual([email, 200]);
    }
  });

  it('leaves who is here as he is, by foreign id and by address, and says so', async () => {
    const first = fileOf(
      'externalId,email,username\ni1,idem1@example.org,idem1\n,idem2@example.org,\n,,idem3\n',
    );
    expect(await importing(first)).toMatchObject({ created: 3 });
    const before = await userOf('idem1@example.org');
    expect(await importing(first)).toMatchObject({ outcome: 'finished-before', created: 3, resumedAfter: 3 });
    expect(await importing(first, { again: true })).toMatchObject({
      outcome: 'imported',
      created: 0,
      alreadyThere: 3,
      faults: [],
    });
    const changed = fileOf(
      'externalId,email,username,firstName\ni1,new1@example.org,,Changed\ni2,IDEM2@example.org,,Changed\n,,IDEM3,Changed\n',
    );
    expect(await importing(changed)).toMatchObject({ created: 0, alreadyThere: 3, faulty: 0 });
    expect(await userOf('idem1@example.org')).toEqual(before);
    expect(await rows("SELECT id FROM users WHERE first_name = 'Changed'")).toEqual([]);
    expect(await rows("SELECT user_id FROM user_foreign_ids WHERE foreign_id = 'i2'")).toEqual([]);
    // Another source has ids of its own.
    const other = fileOf('externalId,email\ni1,other1@example.org\n');
    expect(await importing(other, { source: 'shop' })).toMatchObject({ created: 1 });
  });

  it('tells who stands in somebody’s way, and lets the others in', async () => {
    await importing(
      fileOf('externalId,email,username,phone\nc1,way1@example.org,way1,600100200\nc2,way2@example.org,,\n'),
    );
    const report = await importing(
      fileOf(
        'externalId,email,username,phone,role\n' +
          'c9,way1@example.org,,,\n' +
          'c1,way2@example.org,,,\n' +
          ',way3@example.org,WAY1,,\n' +
          ',way4@example.org,,600100200,\n' +
          ',way2@example.org,way1,,\n' +
          'c8,,way1,,\n' +
          ',way5@example.org,,,No such role\n' +
          'c7,way6@example.org,way6,,\n' +
          'c7,way7@example.org,,,\n',
      ),
    );
    expect(report).toMatchObject({ created: 1, alreadyThere: 0, faulty: 8 });
    expect(report.faults).toEqual([
      '2 externalId: is not the one under which this e-mail address came from the same source before',
      '3 email: belongs to somebody else',
      '4 username: belongs to somebody else',
      '5 phone: belongs to somebody else',
      '6 username: is in line 4 already',
      '6 email: is in line 3 already',
      '7 username: is in line 4 already',
      '8 role: is no free role here',
      '10 externalId: is in line 9 already',
    ]);
    expect(await userOf('way6@example.org')).not.toBeNull();
    expect(await userOf('way3@example.org')).toBeNull();
  });

  it('writes nothing in a dry run, and tells what would happen', async () => {
    const path = fileOf(
      'email,username\ndry1@example.org,\ndry2@example.org,way1\nnobody,\nidem2@example.org,\n',
    );
    await server.get(AuditSealer).seal();
    const before = await fingerprintOf(server.database);
    const told = { created: 1, alreadyThere: 1, faulty: 2, finishedAt: null };
    const looked = await importing(path, { dryRun: true });
    expect(looked).toMatchObject({ outcome: 'looked', ...told });
    expect(await importing(path, { strict: true })).toMatchObject({
      outcome: 'refused',
      ...told,
      faults: looked.faults,
    });
    expect(await fingerprintOf(server.database)).toBe(before);
    expect(await importing(path)).toMatchObject({
      created: 1,
      alreadyThere: 1,
      faulty: 2,
      faults: looked.faults,
    });
    expect(await importing(fileOf('email\ndry9@example.org\n'), { strict: true })).toMatchObject({
      created: 1,
    });
  });

  it('is whole and without doubles after its process died anywhere, and tells every fault again', async () => {
    const people = Array.from(
      { length: 2_500 },
      (_, n) => `r${n},res${n}@example.org,${n === 3 ? 'nine' : ''}`,
    );
    const path = fileOf(`externalId,email,emailConfirmed\n${people.join('\n')}\n`);
    const take = ImportUsers.prototype.take;
    let calls = 0;
    jest.spyOn(ImportUsers.prototype, 'take').mockImplementation(function (this: ImportUsers, ...given) {
      if (++calls === 2) return Promise.reject(new Error('died'));
      return take.apply(this, given);
    });
    await expect(importing(path)).rejects.toThrow('died');
    expect(await importing(path)).toMatchObject({
      outcome: 'imported',
      created: 2_499,
      alreadyThere: 0,
      faulty: 1,
      resumedAfter: 1_000,
      faults: ['5 emailConfirmed: must be true, false or an instant with its offset'],
    });
    expect(await rows("SELECT user_id FROM user_foreign_ids WHERE foreign_id LIKE 'r%'")).toHaveLength(2_499);
  });

  it('is not gone through by two processes at once', async () => {
    const path = fileOf('email\ntwo1@example.org\n');
    const imports = server.get(ImportUsers);
    const run = await imports.begin(SYSTEM_ACTOR, 'a digest', { anew: false });
    const batch = { arrivals: [], faulty: 1 };
    await imports.take(SYSTEM_ACTOR, 'import', run, batch);
    await expect(imports.take(SYSTEM_ACTOR, 'import', run, batch)).rejects.toMatchObject({
      code: 'import-overtaken',
    });
    expect(await imports.find('a digest')).toMatchObject({ nextRow: 1, faulty: 1 });
    expect(await importing(path)).toMatchObject({ created: 1 });
  });

  it('leaves out whom somebody overtakes, and lets the rest of the batch in', async () => {
    const path = fileOf('email,username\nrace1@example.org,racer\nrace2@example.org,other.racer\n');
    let release = (): void => undefined;
    const held = new Promise<void>((resolve) => (release = resolve));
    let isHeld = (): void => undefined;
    const holding = new Promise<void>((resolve) => (isHeld = resolve));
    const registration = server.get(UnitOfWork).run(async (tx) => {
      const user = {
        type: 'customer',
        level: 'member',
        email: 'racer@example.org',
        username: 'Racer',
        passwordHash: null,
      } as const;
      await server.get(CreateUser).create(tx, SYSTEM_ACTOR, user);
      isHeld();
      await held;
    });
    await holding;
    const imported = importing(path);
    if (server.database.dialect === 'postgres') {
      const waits = `SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`;
      while ((await rows(waits)).length === 0);
    }
    release();
    await registration;
    expect(await imported).toMatchObject({
      created: 1,
      faulty: 1,
      faults: ['2 username: belongs to somebody else'],
    });
    expect(await userOf('race1@example.org')).toBeNull();
    expect(await userOf('race2@example.org')).not.toBeNull();
    expect(await server.get(VerifyChain).verify()).toMatchObject({ holds: true });
  });

  it('gives nobody more than who asks has, and asks for a session of his own', async () => {
    const principal = {
      kind: 'user',
      via: 'session',
      clientId: null,
      authenticatedAt: server.clock.now(),
      level: 'admin',
      user: { type: 'admin', level: 'admin', permissions: [], roles: [] },
    };
    const asAdmin = { ...SYSTEM_ACTOR, principal } as unknown as Actor;
    const path = fileOf(
      'email,type,level\nhigh1@example.org,admin,superuser\nhigh2@example.org,admin,admin\n',
    );
    expect(await importing(path, { dryRun: true }, asAdmin)).toMatchObject({
      created: 1,
      faults: ['2 level: gives more rights than you have'],
    });
    const asKey = { ...asAdmin, principal: { ...principal, via: 'key' } } as unknown as Actor;
    await expect(importing(path, {}, asKey)).rejects.toMatchObject({ code: 'insufficient-rights' });
    const late = { ...asAdmin, principal: { ...principal, authenticatedAt: server.clock.now() - DAY } };
    await expect(importing(path, {}, late as unknown as Actor)).rejects.toMatchObject({
      code: 'reauthentication-required',
    });
    expect(await userOf('high2@example.org')).toBeNull();
  });

  it('goes with the user: his foreign ids are erased with him', async () => {
    await importing(fileOf('externalId,email\nerase-me,gone@example.org\n'));
    const his = "SELECT user_id FROM user_foreign_ids WHERE foreign_id = 'erase-me'";
    expect(await rows(his)).toHaveLength(1);
    const id = String((await userOf('gone@example.org'))!['id']);
    await server.get(UnitOfWork).run((tx) => server.get(Users).delete(tx, id));
    expect(await rows(his)).toEqual([]);
  });

  it.each(['csv', 'jsonl'] as const)('gives the same %s back from another Gatehouse', async (format) => {
    const other = await startTestGatehouse();
    try {
      await makeRole(other);
      await importing(
        fileOf(
          `externalId,email,type,username,phone,card,firstName,lastName,accountName,address,zipCode,locale,roles,role,networks,termsAccepted,unsubscribed,unsubscribedFrom,state\n` +
            `x-${format},full-${format}@example.org,admin,"a ""b"", ${format}",+4860010${format.length}000,4711${format.length},=cmd,Ł,"A, B","1 Road\r\nTown",00-1,pl_PL,"[""a;b"",""c""]",Clerk,10.0.0.0/8;::1,true,true,news;offers,blocked\n`,
        ),
      );
      const out = join(server.dataDir, `out.${format}`);
      await server.get(ExportFile).toFile(SYSTEM_ACTOR, out, 'import', format);
      const moved = await otherImport(other, out);
      expect(moved.faulty).toBe(0);
      const back = join(other.dataDir, `back.${format}`);
      await other.get(ExportFile).toFile(SYSTEM_ACTOR, back, 'import', format);
      // The first administrator is there already.
      const linesOf = (path: string) =>
        readFileSync(path, 'utf8')
          .split('\n')
          .filter((line) => !line.includes('admin@id.gatehouse.test'));
      expect(linesOf(back)).toEqual(linesOf(out));
      expect(readFileSync(out, 'utf8')).toContain('=cmd');
    } finally {
      await other.stop();
    }
  });

  async function otherImport(other: TestGatehouse, path: string) {
    const faults: RowFault[] = [];
    const watch = { fault: (fault: RowFault) => faults.push(fault), progress: () => undefined };
    const file = { path, format: formatOf(path)! };
    const report = await other.get(ImportFile).import(SYSTEM_ACTOR, file, USUAL, watch);
    expect(faults).toEqual([]);
    return report;
  }

  it('forgets how far it came after 90 days', async () => {
    await importing(fileOf('email\nlast@example.org\n'));
    const runs = async () => (await rows('SELECT digest FROM user_imports')).length;
    expect(await runs()).toBeGreaterThan(0);
    server.clock.advance(89 * DAY);
    await server.get(Janitor).tidy();
    expect(await runs()).toBeGreaterThan(0);
    server.clock.advance(2 * DAY);
    await server.get(Janitor).tidy();
    expect(await runs()).toBe(0);
  });
});
