import { jest } from '@jest/globals';
import { randomBytes } from 'node:crypto';
import { DeclareUsers } from '../../src/accounts/declare-users.service.js';
import { DAY, MINUTE } from '../../src/common/clock.js';
import { Reader } from '../../src/database/db.js';
import { sql } from '../../src/database/sql.js';
import { UnitOfWork } from '../../src/database/unit-of-work.js';
import { GrantsRepository } from '../../src/grants/grants.repository.js';
import { Janitor } from '../../src/janitor/janitor.service.js';
import { KnownBrowsersRepository } from '../../src/notices/known-browsers.repository.js';
import { NewSignIns } from '../../src/notices/new-sign-ins.service.js';
import { SecurityNotices } from '../../src/notices/security-notices.service.js';
import { KeyRing } from '../../src/secrets/key-ring.js';
import {
  mailsWrittenTo,
  makePerson,
  PASSWORD,
  rowsOf as rowsIn,
  signIn,
  type Person,
} from '../support/declared-people.js';
import { startTestGatehouse, type TestGatehouse } from '../support/gatehouse.js';
import { AT_HOME, CAFE, CHROME, firefox, from, HOME, toldOf } from './browsers.js';

const OLD_KEY = randomBytes(32);
const YEAR = 365 * DAY;

/** Contract 3.6: none at registration, at a first sign-in or from a known address and browser. */
describe('the notice of a new sign-in', () => {
  let server: TestGatehouse;
  let people = 0;

  beforeAll(async () => {
    server = await startTestGatehouse({ TRUST_PROXY: '1', SECRET_KEY: OLD_KEY.toString('base64') });
  });
  afterAll(() => server.stop());
  afterEach(() => jest.restoreAllMocks());

  const email = () => `person-${(people += 1)}@example.com`;
  const newcomer = () => makePerson(server, { email: email() });
  /** Somebody who has signed in at home before. */
  const regular = async (): Promise<Person> => {
    const person = await newcomer();
    await signIn(server, person, AT_HOME);
    return person;
  };
  const told = ({ email: address }: Person) => toldOf(server, address);
  const rowsOf = ({ uid }: Person) =>
    server
      .get(Reader)
      .query<{ digest: string }>(sql`SELECT digest FROM known_browsers WHERE user_id = ${uid}`);

  it('is not written at a first sign-in, nor from the same browser again', async () => {
    const person = await regular();
    await signIn(server, person, AT_HOME);
    expect(await mailsWrittenTo(server, person.email)).toEqual([]);
  });

  it('is not written at a registration, nor when he comes back', async () => {
    const address = email();
    const body = { email: address, password1: 'correct horse 1', password2: 'correct horse 1' };
    expect((await server.api.post('/api/v1.1/auth/register/', body, AT_HOME)).status).toBe(201);
    await signIn(server, { email: address, password: 'correct horse 1' }, AT_HOME);
    expect(await mailsWrittenTo(server, address)).toEqual([]);
    await signIn(server, { email: address, password: 'correct horse 1' }, from(HOME, CHROME));
    expect(await mailsWrittenTo(server, address)).toEqual(['new-sign-in']);
  });

  it.each([
    ['another address', from(CAFE, firefox())],
    ['another address of the same network', from('198.51.100.8', firefox())],
    ['another browser', from(HOME, CHROME)],
    ['another program', from(HOME, 'curl/8.5.0')],
    ['none that says what it is', from(HOME, '')],
  ])('is written once from %s', async (_what, headers) => {
    const person = await regular();
    await signIn(server, person, headers);
    expect(await told(person)).toBe(1);
    await signIn(server, person, headers);
    await signIn(server, person, AT_HOME);
    expect(await told(person)).toBe(1);
  });

  it('is not written for an update of the browser, nor elsewhere in the same IPv6 network', async () => {
    const person = await regular();
    await signIn(server, person, from(HOME, firefox(146)));
    expect(await told(person)).toBe(0);
    await signIn(server, person, from('2001:db8:1:2::1', firefox()));
    await signIn(server, person, from('2001:db8:1:2:ffff::7', firefox(147)));
    expect(await told(person)).toBe(1);
    await signIn(server, person, from('2001:db8:1:3::1', firefox()));
    expect(await told(person)).toBe(2);
  });

  it('says when, from which address and with which browser, and holds no token', async () => {
    const person = await regular();
    await signIn(server, person, from(CAFE, `${CHROME} <b>https://evil.example</b>`));
    const mail = await server.mailbox.waitForKind(person.email, 'new-sign-in');
    expect(mail.text).toMatch(/^When: \w+ \d+, \d{4} at \d\d:\d\d UTC$/m);
    expect(mail.text).toContain(`Address: ${CAFE}\nBrowser: Chrome, Windows\n`);
    expect(mail.links).toEqual(['http://id.gatehouse.test']);
    expect(mail.raw).not.toMatch(/evil|Mozilla/);
  });

  it.each([
    ['fr_FR', 'Nouvelle connexion à votre compte'],
    ['pl', 'Nowe logowanie na Twoje konto'],
    ['de', 'A new sign-in to your account'],
  ])('is in the language of the user: %s', async (locale, subject) => {
    const person = await regular();
    const token = await signIn(server, person, AT_HOME);
    const answer = await server.api.patch('/v1/me', { locale }, { authorization: `Bearer ${token}` });
    expect(answer.status).toBe(200);
    await signIn(server, person, from(CAFE, CHROME));
    expect((await server.mailbox.waitForKind(person.email, 'new-sign-in')).subject).toBe(subject);
  });

  it('is written by nothing that is refused', async () => {
    const person = await regular();
    const rows = await rowsOf(person);
    const wrong = { email: person.email, password: 'wrong' };
    expect((await server.api.post('/api/v1.1/auth/login/', wrong, from(CAFE, CHROME))).status).toBe(401);
    expect(await told(person)).toBe(0);
    expect(await rowsOf(person)).toEqual(rows);
  });

  it('is not written, and its browser not known, when the session is not kept', async () => {
    const person = await regular();
    const rows = await rowsOf(person);
    jest.spyOn(server.get(GrantsRepository), 'insertCredential').mockRejectedValueOnce(new Error('away'));
    const body = { email: person.email, password: person.password };
    expect((await server.api.post('/api/v1.1/auth/login/', body, from(CAFE, CHROME))).status).toBe(500);
    expect(await told(person)).toBe(0);
    expect(await rowsOf(person)).toEqual(rows);
    await signIn(server, person, from(CAFE, CHROME));
    expect(await told(person)).toBe(1);
  });

  it('is written once however many sign in from there at once', async () => {
    const person = await regular();
    await Promise.all(Array.from({ length: 8 }, () => signIn(server, person, from(CAFE, CHROME))));
    expect(await told(person)).toBe(1);
  });

  it('keeps no address and no browser that could be read or guessed', async () => {
    const person = await regular();
    const [one, other] = [await rowsOf(person), await rowsOf(await regular())];
    expect(one.map(({ digest }) => digest)).toEqual(
      expect.arrayContaining(['', expect.stringMatching(/^[0-9a-f]{8}\.[\w-]{43}$/)]),
    );
    expect(one).toHaveLength(2);
    expect(one.filter(({ digest }) => other.some((row) => digest !== '' && row.digest === digest))).toEqual(
      [],
    );
  });

  it('is not written when SECRET_KEY is rotated: what is known moves to the new key', async () => {
    const person = await regular();
    const rotated = (...keys: Buffer[]) => {
      const [known, notices] = [server.get(KnownBrowsersRepository), server.get(SecurityNotices)];
      return new NewSignIns(known, notices, new KeyRing(keys), server.clock);
    };
    const actor = { principal: null, address: HOME, userAgent: firefox(), requestId: 'test' };
    const newKey = randomBytes(32);
    const note = (browsers: NewSignIns) =>
      server.get(UnitOfWork).run((tx) => browsers.note(tx, actor, person.uid));
    await note(rotated(newKey, OLD_KEY));
    await note(rotated(newKey));
    expect(await told(person)).toBe(0);
    expect(await rowsOf(person)).toHaveLength(2);
    await note(rotated(randomBytes(32)));
    expect(await told(person)).toBe(1);
  });

  it('is not written to who has no address', async () => {
    const name = `nobody-${(people += 1)}`;
    const password = { kind: 'plain', text: PASSWORD } as const;
    await server.get(DeclareUsers).declare([{ name, type: 'customer', level: 'member', password }]);
    const enter = (headers: Record<string, string>) =>
      server.api.post('/v1/sessions', { identifier: name, password: PASSWORD }, headers);
    expect((await enter(AT_HOME)).status).toBe(201);
    const [before, now] = [await rowsIn(server, 'outbox'), await enter(from(CAFE, CHROME))];
    expect(now.status).toBe(201);
    expect(await rowsIn(server, 'outbox')).toBe(before);
  });

  it('comes again from a browser that was not used for a year, however quiet it was', async () => {
    const person = await regular();
    server.clock.advance(YEAR - MINUTE);
    await server.get(Janitor).tidy();
    expect(await rowsOf(person)).toHaveLength(2);
    await signIn(server, person, AT_HOME);
    expect(await told(person)).toBe(0);
    server.clock.advance(YEAR + MINUTE);
    await signIn(server, person, AT_HOME);
    await server.mailbox.waitFor(person.email, 1);
    server.clock.advance(YEAR + MINUTE);
    expect(await server.get(Janitor).tidy()).toBeGreaterThan(0);
    expect(await rowsOf(person)).toEqual([{ digest: '' }]);
    await signIn(server, person, AT_HOME);
    expect((await server.mailbox.waitFor(person.email, 2)).kind).toBe('new-sign-in');
  });
});
