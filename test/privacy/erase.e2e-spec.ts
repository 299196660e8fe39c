import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate as turn } from 'node:timers/promises';
import { AuditSealer } from '../../src/audit/audit-sealer.service.js';
import { VerifyChain } from '../../src/audit/verify-chain.service.js';
import { HOUR, MINUTE } from '../../src/common/clock.js';
import { Janitor } from '../../src/janitor/janitor.service.js';
import { bearer, outcome, TestApi } from '../support/api.js';
import { keyHeader, makeKey, makeSignedIn, problem, setLevel } from '../support/api-keys.js';
import { cookieHeader, cookieOf, signInAtV1 } from '../support/cookies.js';
import { block, makePerson, mailsWrittenTo } from '../support/declared-people.js';
import { startTestGatehouse, type TestGatehouse } from '../support/gatehouse.js';
import { declareClient } from '../support/oauth-clients.js';
import { queryDatabase, tablesOf } from '../support/raw-database.js';
import { startSecondNode } from '../support/second-node.js';
import { createUser, logIn } from '../surfaces/gemini/requests.js';
import { makeWholePerson } from './whole-person.js';

const SECRET_KEY = randomBytes(32).toString('base64');
const NOBODY = '0190aaaa-0000-7000-8000-000000000000';
const ERASED = { status: 204, body: '' };
const LAST = problem(409, 'last-superuser');

describe('erasing a person', () => {
  let server: TestGatehouse;
  let count = 0;

  beforeAll(async () => {
    server = await startTestGatehouse({ SECRET_KEY });
    await declareClient(server);
  }, 60_000);
  afterAll(() => server.stop());

  const freshEmail = () => `person-${++count}@erased.example`;
  const newPerson = (fields: object = {}) => makeSignedIn(server, { email: freshEmail(), ...fields });
  const erase = (headers: Record<string, string>) =>
    server.api.send('DELETE', '/v1/me', undefined, headers).then(outcome);
  const eraseOther = (uid: string, headers: Record<string, string>) =>
    server.api.send('DELETE', `/v1/users/${uid}`, undefined, headers).then(outcome);
  const look = (uid: string, headers: Record<string, string>) =>
    server.api.get(`/v1/users/${uid}/export`, headers).then(({ status }) => status);
  const isThere = async (uid: string) =>
    (await queryDatabase(server.database, `SELECT id FROM users WHERE id = '${uid}'`)).length > 0;

  /** The tables with a row that holds one of these texts, in any case. */
  async function tablesWith(...texts: readonly string[]): Promise<string[]> {
    const found = [];
    for (const table of await tablesOf(server.database)) {
      const rows = JSON.stringify(await queryDatabase(server.database, `SELECT * FROM "${table}"`));
      if (texts.some((text) => rows.toLowerCase().includes(text.toLowerCase()))) found.push(table);
    }
    return found;
  }

  /** Once no mail waits, or is on its way, any more. */
  async function allSent(): Promise<void> {
    const waiting = () => queryDatabase(server.database, `SELECT id FROM outbox WHERE state = 'pending'`);
    while ((await waiting()).length > 0) await turn();
  }

  it('leaves nothing of him in any table, but his id in the audit trail', async () => {
    const email = 'ada@erased.example';
    const ada = await makeWholePerson(server, email, '+48500100302');
    const file = join(server.dataDir, 'media', ada.image);
    expect(existsSync(file)).toBe(true);
    // As those do whom he invited and who invited him: their own addresses are made of his here.
    const own = ada.texts.filter((text) => text !== email);
    const ofAddress = async () =>
      (await tablesWith(`"${email}"`)).filter((table) => !['declarations', 'users'].includes(table));
    expect(await tablesWith(...own)).toEqual([
      ...['accounts', 'api_keys', 'audit_events', 'change', 'declarations', 'email_factors', 'grants'],
      ...['idempotency_keys', 'known_browsers', 'linked_identities', 'mailed_codes', 'one_time_tokens'],
      ...['outbox', 'passkeys', 'profiles', 'recovery_codes', 'sign_in_proofs', 'totp_factors'],
      ...['trusted_devices', 'user_identifiers', 'users', 'videos'],
    ]);
    expect(await ofAddress()).toEqual(
      expect.arrayContaining(['collaborators', 'email_factors', 'outbox', 'user_identifiers']),
    );
    const before = (await server.mailbox.to(email)).length;

    expect(await erase(ada.headers)).toEqual(ERASED);

    expect(await tablesWith(...own)).toEqual(['audit_events', 'change']);
    await server.mailbox.waitForKind(email, 'account-erased');
    expect((await server.mailbox.to(email)).length).toBeGreaterThan(before);
    expect(existsSync(file)).toBe(false);
    await allSent();
    // Other nodes learn of it from an announcement, which names him for an hour.
    server.clock.advance(2 * HOUR);
    await server.get(Janitor).tidy();
    expect(await tablesWith(...own)).toEqual(['audit_events']);
    expect(await tablesWith(`"${email}"`)).toEqual([]);
    expect(ada.secrets.tracesIn(server.log())).toEqual([]);
    await server.get(AuditSealer).seal();
    expect(await server.get(VerifyChain).verify()).toMatchObject({ holds: true, faults: [] });
  }, 60_000);

  it('ends his sessions and keys with their next request, on this node and another', async () => {
    const { token } = await newPerson();
    const { secret } = await makeKey(server, { token });
    const node = await startSecondNode(server, { SECRET_KEY });
    try {
      const apis = [server.api, new TestApi(node.address)];
      const statuses = () =>
        Promise.all(
          apis.flatMap((api) =>
            [bearer(token), keyHeader(secret)].map(
              async (headers) => (await api.get('/v1/me', headers)).status,
            ),
          ),
        );
      expect(await statuses()).toEqual([200, 200, 200, 200]);
      expect(await erase(bearer(token))).toEqual(ERASED);
      expect(await statuses()).toEqual([401, 401, 401, 401]);
    } finally {
      await node.app.close();
    }
    expect((await erase(bearer(token))).status).toBe(401);
  });

  it('has his browser forget its cookie, and no other’s', async () => {
    const [one, other] = [await newPerson(), await newPerson()];
    const cookie = await signInAtV1(server.api, one);
    const answer = await server.api.send('DELETE', '/v1/me', undefined, cookieHeader(cookie));
    expect([answer.status, cookieOf(answer)]).toEqual([204, '']);
    expect(answer.headers.get('set-cookie')).toMatch(/^session=; Max-Age=0/);
    const both = {
      ...cookieHeader(await signInAtV1(server.api, one).catch(() => 'x')),
      ...bearer(other.token),
    };
    const second = await server.api.send('DELETE', '/v1/me', undefined, both);
    expect([second.status, second.headers.get('set-cookie')]).toEqual([204, null]);
  });

  it('tells a confirmed address only, in his language', async () => {
    const told = await newPerson();
    const polish = await server.api.patch('/v1/me', { locale: 'pl_PL' }, bearer(told.token));
    expect(polish.status).toBe(200);
    const silent = await newPerson({ emailVerified: false });
    for (const { token } of [told, silent]) expect(await erase(bearer(token))).toEqual(ERASED);
    const mail = await server.mailbox.waitForKind(told.email, 'account-erased');
    expect(mail.subject).toBe('Twoje konto zostało usunięte');
    expect(mail.text).not.toContain('administrator');
    expect(await mailsWrittenTo(server, silent.email)).toEqual([]);
  });

  it('needs a sign-in within 15 minutes, and a session of his own', async () => {
    const person = await newPerson();
    const { secret } = await makeKey(server, person);
    const { token } = await logIn(server, person.email);
    for (const headers of [keyHeader(secret), bearer(token)]) expect((await erase(headers)).status).toBe(403);
    server.clock.advance(16 * MINUTE);
    expect(await erase(bearer(person.token))).toEqual(problem(403, 'reauthentication-required'));
    expect(await isThere(person.uid)).toBe(true);
  });

  describe('by an administrator', () => {
    it('is for admins over strictly lower levels', async () => {
      const [member, manager] = [await newPerson(), await newPerson({ type: 'admin', level: 'manager' })];
      const [admin, peer] = [
        await newPerson({ type: 'admin', level: 'admin' }),
        await newPerson({ type: 'admin', level: 'admin' }),
      ];
      const mine = bearer(admin.token);
      const refused = problem(403, 'insufficient-rights');
      for (const { uid } of [admin, peer]) {
        expect(await eraseOther(uid, mine)).toEqual(refused);
        expect(await look(uid, mine)).toBe(403);
      }
      expect(await eraseOther(member.uid, bearer(manager.token))).toEqual(refused);
      expect(await eraseOther(NOBODY, mine)).toEqual(problem(404, 'user-not-found'));
      expect(await look(NOBODY, mine)).toBe(404);
      expect(await look(member.uid, mine)).toBe(200);
      for (const { uid, email } of [member, manager]) {
        expect(await eraseOther(uid.toUpperCase(), mine)).toEqual(ERASED);
        expect(await isThere(uid)).toBe(false);
        expect((await server.mailbox.waitForKind(email, 'account-erased')).text).toContain(
          'An administrator',
        );
      }
      expect((await server.api.get('/v1/me', bearer(member.token))).status).toBe(401);
    });
  });

  describe('of superusers', () => {
    it('is refused to the last active one, at /v1 and at 000, and of two at once goes to one', async () => {
      const known = await queryDatabase(server.database, `SELECT id FROM users WHERE level = 'superuser'`);
      for (const { id } of known) await block(server, { uid: String(id), email: '', password: '' });
      const first = await newPerson({ type: 'admin', level: 'superuser' });
      const second = await newPerson({ type: 'admin', level: 'superuser' });
      const blocked = await newPerson({ type: 'admin', level: 'superuser' });
      await block(server, blocked);
      const answers = await Promise.all([first, second].map(({ token }) => erase(bearer(token))));
      expect(answers.sort((one, other) => one.status - other.status)).toEqual([ERASED, LAST]);
      const last = (await isThere(first.uid)) ? first : second;
      expect(await isThere(last.uid)).toBe(true);

      const user = await createUser(server, freshEmail());
      await setLevel(server, { uid: user.id, email: user.email, password: '' }, 'superuser');
      expect(await erase(bearer(last.token))).toEqual(ERASED);
      const again = await logIn(server, user.email);
      const answer = await server.api.post(`/api/users/${user.id}/delete`, undefined, bearer(again.token));
      expect(outcome(answer)).toEqual({
        status: 409,
        body: { error: 'invalid_request', error_description: 'The last superuser cannot be deleted.' },
      });
      const other = await makePerson(server, { email: freshEmail(), type: 'admin', level: 'superuser' });
      expect(await isThere(other.uid)).toBe(true);
      const late = await server.api.post(`/api/users/${user.id}/delete`, undefined, bearer(again.token));
      expect(outcome(late)).toEqual(ERASED);
    });
  });
});
