import { jest } from '@jest/globals';
import { UnitOfWork } from '../../src/database/unit-of-work.js';
import { AuditSealer } from '../../src/audit/audit-sealer.service.js';
import { Figures } from '../../src/figures/figures.service.js';
import { Passwords } from '../../src/passwords/passwords.service.js';
import { setLevel } from '../support/api-keys.js';
import { outcome, type Answer } from '../support/api.js';
import { rowsOf } from '../support/declared-people.js';
import { startTestGatehouse, type TestGatehouse } from '../support/gatehouse.js';
import {
  DATA,
  FORBIDDEN,
  hire,
  loginCheck,
  makeAdmin,
  makeHolder,
  makeRole,
  ROLE,
  roleForm,
  roleIdOf,
  type Member,
} from '../surfaces/open-loyalty/people.js';

type Demotion = (caller: Member) => Promise<unknown>;

/** Rights are looked at again where something is written: who lost them while he waited writes nothing. */
describe('a caller who is demoted while his request is under way', () => {
  let server: TestGatehouse;
  let root: Member;
  let reporter: string;
  let count = 0;

  beforeAll(async () => {
    server = await startTestGatehouse();
    root = await makeAdmin(server, 'superuser');
    reporter = await roleIdOf(server, root, 'Reporter admin');
  });
  afterEach(() => jest.restoreAllMocks());
  afterAll(() => server.stop());

  const newcomer = () => makeAdmin(server, 'admin', { email: `admin-${++count}@staff.example` });
  const put = (path: string, body: object, { headers }: Member) =>
    server.api.send('PUT', path, body, headers);
  const toReporter: Demotion = async (caller) => {
    const admin = { email: caller.email, isActive: 1, roles: [reporter] };
    expect((await put(`${DATA}/${caller.uid}`, { admin }, root)).status).toBe(200);
  };
  const demotions: [string, Demotion][] = [
    ['a superuser makes him a reporter', toReporter],
    ['he becomes a member without a role', (caller) => setLevel(server, caller, 'member')],
  ];

  /** Sends a request, demotes its caller where it first comes to a step, and lets it go on. */
  async function demoteAt<T extends object>(
    target: T,
    step: string & keyof T,
    ask: () => Promise<Answer>,
    demote: () => Promise<unknown>,
  ): Promise<Answer> {
    const real = (target[step] as (...args: unknown[]) => Promise<unknown>).bind(target);
    const held = async (...args: unknown[]) => {
      await demote();
      return real(...args);
    };
    const spy = jest.spyOn(target, step as never).mockImplementationOnce(held as never);
    const answer = await ask();
    expect(spy).toHaveBeenCalled();
    return answer;
  }
  const whileHashing = (ask: () => Promise<Answer>, demote: () => Promise<unknown>) =>
    demoteAt(server.get(Passwords), 'hash', ask, demote);
  const beforeWriting = async (ask: () => Promise<Answer>, demote: () => Promise<unknown>) => {
    // The sealer opens units of its own while there is something to seal.
    await server.get(AuditSealer).seal();
    await server.get(Figures).flush();
    return demoteAt(server.get(UnitOfWork), 'run', ask, demote);
  };

  const draft = (fields: object = {}) => ({
    admin: {
      email: `accomplice-${++count}@staff.example`,
      plainPassword: 'accomplice 1',
      isActive: 1,
      ...fields,
    },
  });
  const rolesNow = async () => (await server.api.get(ROLE, root.headers)).body as object;

  it.each(demotions)('makes nobody when %s', async (_how, demote) => {
    const caller = await newcomer();
    const before = await rowsOf(server, 'users');
    const body = draft({ roles: [await roleIdOf(server, root, 'Full admin')] });
    const answer = await whileHashing(
      () => server.api.post(DATA, body, caller.headers),
      () => demote(caller),
    );
    expect(outcome(answer)).toEqual(FORBIDDEN);
    expect(await rowsOf(server, 'users')).toBe(before);
    expect((await loginCheck(server, 'admin', body.admin.email, body.admin.plainPassword)).status).toBe(401);
  });

  it('makes nobody when the free role that let him is narrowed', async () => {
    const caller = await makeHolder(server, root, 'Makers', [['ADMIN', 'MODIFY']]);
    const before = await rowsOf(server, 'users');
    const answer = await whileHashing(
      () => server.api.post(DATA, draft({ roles: [caller.roleId] }), caller.headers),
      () => put(`${ROLE}/${caller.roleId}`, roleForm('Makers', [['ADMIN', 'VIEW']]), root),
    );
    expect(outcome(answer)).toEqual(FORBIDDEN);
    expect(await rowsOf(server, 'users')).toBe(before);
  });

  it.each(demotions)('takes over nobody when %s', async (_how, demote) => {
    const caller = await newcomer();
    const target = await hire(server, root);
    const path = `${DATA}/${target.uid}`;
    const { body: before } = await server.api.get(path, root.headers);
    const theft = draft({ plainPassword: 'the thief was here 1' });
    const answer = await whileHashing(
      () => put(path, theft, caller),
      () => demote(caller),
    );
    expect(outcome(answer)).toEqual(FORBIDDEN);
    expect((await server.api.get(path, root.headers)).body).toEqual(before);
    expect((await loginCheck(server, 'admin', target.email, target.password)).status).toBe(200);
  });

  it.each(demotions)('makes no role when %s', async (_how, demote) => {
    const caller = await newcomer();
    const before = await rolesNow();
    const role = roleForm(`Back door ${++count}`, [['ADMIN', 'MODIFY']]);
    const answer = await beforeWriting(
      () => server.api.post(ROLE, role, caller.headers),
      () => demote(caller),
    );
    expect(outcome(answer)).toEqual(FORBIDDEN);
    expect(await rolesNow()).toEqual(before);
  });

  it.each(demotions)('neither widens nor removes a role when %s', async (_how, demote) => {
    const id = await makeRole(server, root, `Narrow ${++count}`, [['ACL', 'VIEW']]);
    const before = await rolesNow();
    const wide = roleForm(`Wide ${count}`, [['ADMIN', 'MODIFY']]);
    for (const [method, body] of [
      ['PUT', wide],
      ['DELETE', undefined],
    ] as const) {
      const caller = await newcomer();
      const answer = await beforeWriting(
        () => server.api.send(method, `${ROLE}/${id}`, body, caller.headers),
        () => demote(caller),
      );
      expect(outcome(answer)).toEqual(FORBIDDEN);
      expect(await rolesNow()).toEqual(before);
    }
  });
});
