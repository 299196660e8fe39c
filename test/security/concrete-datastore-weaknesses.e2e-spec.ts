import { readFileSync } from 'node:fs';
import { request } from 'node:http';
import { join } from 'node:path';
import { jest } from '@jest/globals';
import { DAY, HOUR, MINUTE } from '../../src/common/clock.js';
import { Reader } from '../../src/database/db.js';
import { sql } from '../../src/database/sql.js';
import { HashQueue } from '../../src/passwords/hash-queue.js';
import { Passwords } from '../../src/passwords/passwords.service.js';
import { outcome, tokenHeader, type Answer } from '../support/api.js';
import {
  block,
  mailedToken,
  mailsWrittenTo,
  makePerson,
  PASSWORD,
  rowsOf,
  signIn,
  unblock,
  type Person,
} from '../support/declared-people.js';
import { DIALECT } from '../support/test-database.js';
import { PUBLIC_URL, startTestGatehouse, type TestGatehouse } from '../support/gatehouse.js';
import {
  CHANGE,
  DIFFERENT,
  LOGIN,
  ME,
  refusal,
  REGISTER,
  RESET,
  twice,
} from '../surfaces/concrete-datastore/bodies.js';

const EVIL = 'evil.example';

let count = 0;
const freshEmail = () => `person-${++count}@example.com`;
/** Clients with addresses of their own, each with its own counters. */
const client = () => ({ 'x-forwarded-for': `203.0.${Math.floor(++count / 250)}.${count % 250}` });

/**
 * The weaknesses of the project that document 004 comes from, by the numbers of the reference note's
 * section 6: each test fails where one of them is here.
 */
describe('weaknesses of document 004', () => {
  let server: TestGatehouse;
  let person: Person;

  beforeAll(async () => {
    server = await startTestGatehouse({
      RATE_LIMITS: 'on',
      TRUST_PROXY: '1',
      WEB_APP_URL: 'https://app.gatehouse.test',
    });
  });
  beforeEach(async () => {
    person = await makePerson(server, { email: freshEmail() });
  });
  afterEach(() => jest.restoreAllMocks());
  afterAll(() => server.stop());

  const send = (path: string, body: unknown, headers: Record<string, string> = {}) =>
    server.api.post(path, body, { ...client(), ...headers });

  describe('1. links are built from nothing that the caller says', () => {
    const lies = {
      host: EVIL,
      'x-forwarded-host': EVIL,
      'x-forwarded-proto': 'gopher',
      'x-forwarded-port': '666',
      'x-original-url': `https://${EVIL}/`,
      'x-rewrite-url': `https://${EVIL}/`,
      forwarded: `host=${EVIL};proto=gopher`,
      referer: `https://${EVIL}/app/`,
      origin: `https://${EVIL}`,
    };

    it('names no foreign origin in any mail, whatever Host, Referer and Origin are', async () => {
      const fresh = freshEmail();
      await lying('POST', REGISTER, { email: fresh });
      await lying('POST', RESET, { email: person.email });
      const other = await makePerson(server, { email: freshEmail() });
      await lying('POST', REGISTER, { email: other.email, ...twice(PASSWORD) });
      const token = tokenHeader(await signIn(server, other, client()));
      await lying('PATCH', ME, { email: freshEmail() }, token);
      for (const address of [fresh, person.email, other.email]) {
        const mail = await server.mailbox.waitFor(address);
        expect(mail.raw).not.toContain(EVIL);
        expect(mail.raw).not.toContain('gopher');
        for (const link of mail.links) expect(link).toMatch(/^https:\/\/app\.gatehouse\.test\/#\//);
      }
    });

    it('names none in any answer', async () => {
      const token = tokenHeader(await signIn(server, person, client()));
      const answers = await Promise.all([
        lying('POST', REGISTER, { email: freshEmail(), ...twice(PASSWORD) }),
        lying('POST', LOGIN, { email: person.email, password: PASSWORD }),
        lying('GET', ME, undefined, token),
        lying('PATCH', ME, { first_name: 'x' }, token),
        lying('POST', RESET, { email: person.email }),
        lying('GET', '/c/confirm-user-email/x'),
        lying('GET', '/api/v1.1/nothing'),
        lying('DELETE', LOGIN),
        lying('POST', LOGIN, {}),
      ]);
      // Last and alone: it ends the session and the password of the others.
      answers.push(await lying('POST', CHANGE, { email: person.email, ...twice(DIFFERENT) }, token));
      expect(answers.map((answer) => answer.status)).toEqual([
        201, 200, 200, 200, 200, 404, 404, 405, 400, 200,
      ]);
      for (const answer of answers) {
        expect(answer.text).not.toContain(EVIL);
        expect(answer.text).not.toContain('gopher');
      }
    });

    it('takes no url_format of another origin', async () => {
      for (const url_format of [
        `https://${EVIL}/{token}/{email}`,
        `//${EVIL}/{token}/{email}`,
        `/\\${EVIL}/{token}/{email}`,
        `https:${EVIL}/{token}/{email}`,
        `HTTPS://${EVIL}/{token}/{email}`,
        `https://app.gatehouse.test@${EVIL}/{token}/{email}`,
        `https://app.gatehouse.test%2F@${EVIL}/{token}/{email}`,
        `\thttps://${EVIL}/{token}/{email}`,
      ]) {
        expect((await send(RESET, { email: person.email, url_format })).status).toBe(400);
        expect((await send(REGISTER, { email: freshEmail(), url_format })).status).toBe(400);
      }
      expect(await mailsWrittenTo(server, person.email)).toEqual([]);
    });

    /** `fetch` would set Host by itself. */
    function lying(
      method: string,
      path: string,
      body?: unknown,
      headers: Record<string, string> = {},
    ): Promise<{ status: number; text: string }> {
      const { hostname, port } = new URL(server.api.address);
      const type: Record<string, string> = body === undefined ? {} : { 'content-type': 'application/json' };
      return new Promise((resolve, reject) => {
        const sent = request(
          { hostname, port, method, path, headers: { ...lies, ...client(), ...type, ...headers } },
          (response) => {
            let text = JSON.stringify(response.headers);
            response.setEncoding('utf8');
            response.on('data', (chunk: string) => (text += chunk));
            response.on('end', () => resolve({ status: response.statusCode ?? 0, text }));
          },
        );
        sent.on('error', reject);
        sent.end(body === undefined ? undefined : JSON.stringify(body));
      });
    }
  });

  describe('2. nobody learns who has an account', () => {
    const comparable = ({ status, headers, body }: Answer) => ({
      status,
      body: body as unknown,
      headers: [...headers.keys()].filter((name) => name !== 'x-request-id').sort(),
    });

    it('at sign-in: by text, by status, by headers, by the hashes that it costs', async () => {
      const blocked = await makePerson(server, { email: freshEmail() });
      await block(server, blocked);
      const without = await makePerson(server, { email: freshEmail(), password: null });
      const verify = jest.spyOn(server.get(Passwords), 'verify');
      const queued = jest.spyOn(server.get(HashQueue), 'run');
      const seen = [];
      for (const email of ['nobody@example.com', person.email, blocked.email, without.email]) {
        verify.mockClear();
        queued.mockClear();
        const answer = await send(LOGIN, { email, password: DIFFERENT });
        seen.push({
          ...comparable(answer),
          verified: verify.mock.calls.length,
          hashed: queued.mock.calls.length,
        });
      }
      for (const one of seen) expect(one).toEqual(seen[0]);
      expect(seen[0]).toMatchObject({ status: 401, verified: 1, hashed: 1 });
    });

    it('at reset-password: by text, by status, by headers, by the rows that it writes', async () => {
      const blocked = await makePerson(server, { email: freshEmail() });
      await block(server, blocked);
      const rows = async () => ({
        tokens: await rowsOf(server, 'one_time_tokens'),
        mails: await rowsOf(server, 'outbox'),
        quotas: await rowsOf(server, 'mail_quota'),
      });
      const queued = jest.spyOn(server.get(HashQueue), 'run');
      for (const email of [person.email, blocked.email, freshEmail()]) {
        for (const isFirst of [true, false]) {
          const before = await rows();
          const answer = await send(RESET, { email });
          const after = await rows();
          expect(outcome(answer)).toEqual({ status: 200, body: { email } });
          const written = isFirst ? 1 : 0;
          expect(after).toEqual({
            // Where no mail may go yet, the same rows are written for nobody.
            tokens: before.tokens + 1,
            mails: before.mails + 1,
            quotas: before.quotas + written,
          });
        }
      }
      expect(queued).not.toHaveBeenCalled();
    });

    it('at register: by the hashes that it costs; the answer is as documented, its owner is told', async () => {
      const queued = jest.spyOn(server.get(HashQueue), 'run');
      const costs = [];
      for (const email of [freshEmail(), person.email]) {
        queued.mockClear();
        await send(REGISTER, { email, ...twice(DIFFERENT) });
        costs.push(queued.mock.calls.length);
      }
      expect(costs).toEqual([1, 1]);
      expect(await mailsWrittenTo(server, person.email)).toEqual(['already-registered']);
    });

    it('at change-password: by token, or as who may not', async () => {
      const token = await signIn(server, person, client());
      const other = await makePerson(server, { email: freshEmail() });
      const answers = [];
      for (const email of [other.email, 'nobody@example.com']) {
        answers.push(comparable(await send(CHANGE, { email, ...twice(DIFFERENT) }, tokenHeader(token))));
      }
      expect(answers[0]).toEqual(answers[1]);
      const byToken = [];
      for (const email of [other.email, 'nobody@example.com']) {
        const body = { email, ...twice(DIFFERENT), password_change_token: crypto.randomUUID() };
        byToken.push(comparable(await send(CHANGE, body)));
      }
      expect(byToken[0]).toEqual(byToken[1]);
    });

    it('tells of a state only to who gives the right password', async () => {
      await block(server, person);
      expect((await send(LOGIN, { email: person.email, password: DIFFERENT })).body).toEqual(
        refusal('Wrong auth credentials', 'WRONG_AUTH_CREDENTIALS'),
      );
      expect((await send(LOGIN, { email: person.email, password: PASSWORD })).body).toEqual(
        refusal('User blocked', 'USER_BLOCKED'),
      );
    });
  });

  describe("3. nobody can try guesses on another's password at change-password", () => {
    it.each(['member', 'manager', 'admin'] as const)('as a %s over somebody of his level', async (level) => {
      const caller = await makePerson(server, { email: freshEmail(), level });
      const target = await makePerson(server, { email: freshEmail(), level });
      const token = tokenHeader(await signIn(server, caller, client()));
      const verify = jest.spyOn(server.get(Passwords), 'verify');
      const right = await send(CHANGE, { email: target.email, ...twice(PASSWORD) }, token);
      const wrong = await send(CHANGE, { email: target.email, ...twice(DIFFERENT) }, token);
      expect(outcome(right)).toEqual({ status: 403, body: { message: 'Does not have the permissions.' } });
      expect(outcome(wrong)).toEqual(outcome(right));
      expect(verify).not.toHaveBeenCalled();
    });

    it('with a token that is not his', async () => {
      const verify = jest.spyOn(server.get(Passwords), 'verify');
      const body = { email: person.email, password_change_token: crypto.randomUUID() };
      const right = await send(CHANGE, { ...body, ...twice(PASSWORD) });
      const wrong = await send(CHANGE, { ...body, ...twice(DIFFERENT) });
      expect(outcome(right)).toEqual(outcome(wrong));
      expect(verify).not.toHaveBeenCalled();
    });
  });

  describe('4. tokens end', () => {
    const status = async (token: string) => (await server.api.get(ME, tokenHeader(token))).status;

    it('with a change, a reset and with blocking, and stay ended', async () => {
      const first = await signIn(server, person, client());
      const changed = await send(CHANGE, { email: person.email, ...twice(DIFFERENT) }, tokenHeader(first));
      const second = changed.body.token as string;
      expect([await status(first), await status(second)]).toEqual([403, 200]);

      await send(RESET, { email: person.email });
      const reset = await send(CHANGE, {
        email: person.email,
        ...twice('third password 3'),
        password_change_token: await mailedToken(server, person.email),
      });
      const third = reset.body.token as string;
      expect([await status(second), await status(third)]).toEqual([403, 200]);

      await block(server, person);
      expect(await status(third)).toBe(403);
      await unblock(server, person);
      expect(await status(third)).toBe(403);
    });

    it('by themselves: after a day without use', async () => {
      const token = await signIn(server, person, client());
      server.clock.advance(DAY - MINUTE);
      expect(await status(token)).toBe(200);
      server.clock.advance(DAY);
      expect(await status(token)).toBe(403);
    });

    it('are kept as digests: no token and no password is in the database or the log', async () => {
      const email = freshEmail();
      const secrets = ['Unmistakable-4711-Secret'];
      await send(REGISTER, { email });
      secrets.push(await mailedToken(server, email));
      const changed = await send(CHANGE, { email, ...twice(secrets[0]!), password_change_token: secrets[1] });
      secrets.push(changed.body.token as string);
      await server.api.get(`${ME}?c_auth_with_token=${secrets[2]}`, client());
      secrets.push(await signIn(server, { email, password: secrets[0]! }, client()));
      const kept = (await storedText(server)) + server.log();
      for (const secret of secrets) {
        expect(secret.length).toBeGreaterThan(20);
        expect(kept).not.toContain(secret);
      }
    });
  });

  describe('5. and 10. an address counts once it is confirmed', () => {
    it('is told on the pages by a POST only, which redirects nobody', async () => {
      const answer = await server.api.post('/c/confirm-user-email/x', undefined, {
        ...client(),
        referer: `https://${EVIL}/`,
      });
      expect(answer.status).toBe(404);
      expect(answer.headers.get('location')).toBeNull();
    });

    it('external_auth and every other read-only field is not for its owner to write', async () => {
      const token = tokenHeader(await signIn(server, person, client()));
      const body = { external_auth: true, level: 'superuser', public: false, uid: crypto.randomUUID() };
      const answer = await server.api.patch(ME, body, { ...token, ...client() });
      expect(answer).toMatchObject({
        status: 200,
        body: { external_auth: false, level: 'simpleuser', public: true, uid: person.uid },
      });
    });

    it.each(['x', 'not-a-uuid', '%F0%9F%98%80', "'%3B--", '0'.repeat(36), '../../x'.replaceAll('/', '%2F')])(
      'a malformed token is no server error: %s',
      async (token) => {
        for (const page of ['confirm-user-email', 'unsubscribe-notifications']) {
          for (const method of ['GET', 'POST', 'HEAD']) {
            const answer = await server.api.send(method, `/c/${page}/${token}`, undefined, client());
            expect(answer.status).toBe(404);
          }
        }
      },
    );
  });

  describe('6. mailed tokens', () => {
    const redeem = async (of: Person, token: string, password = DIFFERENT) =>
      (await send(CHANGE, { email: of.email, ...twice(password), password_change_token: token })).status;

    it('work once', async () => {
      await send(RESET, { email: person.email });
      const token = await mailedToken(server, person.email);
      expect(await redeem(person, token)).toBe(200);
      expect(await redeem(person, token, 'third password 3')).toBe(400);
    });

    it('die with a newer one, with a change by another way, and with blocking', async () => {
      await send(RESET, { email: person.email });
      const first = await mailedToken(server, person.email, 1);
      server.clock.advance(MINUTE);
      await send(RESET, { email: person.email });
      const second = await mailedToken(server, person.email, 2);
      expect(await redeem(person, first)).toBe(400);

      const session = tokenHeader(await signIn(server, person, client()));
      await send(CHANGE, { email: person.email, ...twice('third password 3') }, session);
      expect(await redeem(person, second)).toBe(400);

      server.clock.advance(MINUTE);
      await send(RESET, { email: person.email });
      const third = await mailedToken(server, person.email, 3);
      await block(server, person);
      expect(await redeem(person, third)).toBe(400);
      await unblock(server, person);
      expect(await redeem(person, third)).toBe(400);
    });

    it('expire: after four hours, and after seven days where one registers', async () => {
      await send(RESET, { email: person.email });
      const token = await mailedToken(server, person.email);
      const email = freshEmail();
      await send(REGISTER, { email });
      const first = await mailedToken(server, email);
      server.clock.advance(4 * HOUR);
      expect(await redeem(person, token)).toBe(400);
      server.clock.advance(7 * DAY);
      expect(await redeem({ ...person, email }, first)).toBe(400);
    });
  });

  describe('8. guessing is slow, and passwords are not too weak', () => {
    const WRONG = { status: 401, body: refusal('Wrong auth credentials', 'WRONG_AUTH_CREDENTIALS') };
    const attempt = (email: string, password: string, from: Record<string, string>) =>
      server.api.post(LOGIN, { email, password }, from);

    /** Ten wrong guesses from one address. */
    async function guess(email: string, from: Record<string, string>, times = 10): Promise<void> {
      for (let guessed = 0; guessed < times; guessed += 1) {
        expect(outcome(await attempt(email, `${DIFFERENT}${guessed}`, from))).toEqual(WRONG);
      }
    }

    it('refuses the right password too after ten failures a minute, and tells when to come back', async () => {
      const from = client();
      await guess(person.email, from);
      const verify = jest.spyOn(server.get(Passwords), 'verify');
      const limited = await attempt(person.email, PASSWORD, from);
      const seconds = Number(limited.headers.get('retry-after'));
      expect(outcome(limited)).toEqual({
        status: 429,
        body: { detail: `Request was throttled. Expected available in ${seconds} seconds.` },
      });
      expect(seconds).toBeGreaterThan(30);
      expect(verify).not.toHaveBeenCalled();
      server.clock.advance(seconds * 1_000);
      expect((await attempt(person.email, PASSWORD, from)).status).toBe(200);
    });

    it('counts the user, not the spelling of his address', async () => {
      const from = client();
      const [local, host] = person.email.split('@') as [string, string];
      const spellings = [
        person.email,
        person.email.toUpperCase(),
        ` ${person.email} `,
        `${local}@${host.toUpperCase()}`,
        `${local.toUpperCase()}@${host}`,
        `${local}@${host.replace('e', '\uFF45')}`,
      ];
      for (let guessed = 0; guessed < 10; guessed += 1) {
        const email = spellings[guessed % spellings.length]!;
        expect(outcome(await attempt(email, DIFFERENT, from))).toEqual(WRONG);
      }
      for (const email of spellings) expect((await attempt(email, PASSWORD, from)).status).toBe(429);
    });

    it('counts unknown users alike', async () => {
      const from = client();
      const email = freshEmail();
      await guess(email, from);
      expect((await attempt(email.toUpperCase(), DIFFERENT, from)).status).toBe(429);
    });

    it('lets no parallel guesses through together', async () => {
      const from = client();
      const answers = await Promise.all(
        Array.from({ length: 30 }, (_, guessed) => attempt(person.email, `${DIFFERENT}${guessed}`, from)),
      );
      const looked = answers.filter((answer) => answer.status === 401);
      expect(looked.length).toBeLessThanOrEqual(10);
      expect(answers.every((answer) => [401, 429].includes(answer.status))).toBe(true);
    });

    it('shuts out no other address', async () => {
      await guess(person.email, client());
      expect((await attempt(person.email, PASSWORD, client())).status).toBe(200);
    });

    it('after thirty failures shuts out an address, but not its known users', async () => {
      const from = client();
      await signIn(server, person, from);
      for (let user = 0; user < 3; user += 1) await guess(freshEmail(), from);
      const stranger = await makePerson(server, { email: freshEmail() });
      expect((await attempt(stranger.email, PASSWORD, from)).status).toBe(429);
      expect((await attempt(freshEmail(), PASSWORD, from)).status).toBe(429);
      expect((await attempt(person.email, PASSWORD, from)).status).toBe(200);
    });

    it('lets an attacker count for a network: all addresses of one IPv6 /64 are one', async () => {
      for (let guessed = 0; guessed < 10; guessed += 1) {
        const from = { 'x-forwarded-for': `2001:db8:77::${guessed + 1}` };
        expect((await attempt(person.email, DIFFERENT, from)).status).toBe(401);
      }
      expect((await attempt(person.email, PASSWORD, { 'x-forwarded-for': '2001:db8:77::ffff' })).status).toBe(
        429,
      );
      expect((await attempt(person.email, PASSWORD, { 'x-forwarded-for': '2001:db8:78::1' })).status).toBe(
        200,
      );
    });

    it('believes one proxy, not what the caller put before it', async () => {
      const proxied = '203.0.113.99';
      for (let guessed = 0; guessed < 10; guessed += 1) {
        const from = { 'x-forwarded-for': `192.0.2.${guessed}, ${proxied}` };
        expect((await attempt(person.email, DIFFERENT, from)).status).toBe(401);
      }
      const answer = await attempt(person.email, PASSWORD, { 'x-forwarded-for': `192.0.2.77, ${proxied}` });
      expect(answer.status).toBe(429);
    });

    it('forgets nothing by a success in between', async () => {
      const from = client();
      await guess(person.email, from, 9);
      await signIn(server, person, from);
      await guess(person.email, from, 1);
      expect((await attempt(person.email, PASSWORD, from)).status).toBe(429);
    });

    it('wants eight characters at least and 1,024 at most', async () => {
      const codes = [];
      for (const password of ['1234567', 'x'.repeat(1_025)]) {
        const answer = await send(REGISTER, { email: freshEmail(), ...twice(password) });
        codes.push(answer.body._errors);
      }
      expect(codes).toEqual([['NOT_ENOUGH_CHARS'], ['PASSWORD_INSECURE']]);
    });
  });

  describe('9. and others: doors that are not there', () => {
    it.each([
      '/api/v1.1/process/register/',
      '/api/v1.1/secure-connect/retrieve-token',
      '/api/v1.1/secure-connect/generate-token',
      '/api/v1.1/secure-connect/login/',
      '/api/v1.1/secure-connect/login-code/',
      '/api/v1.1/auth/ldap/login',
      '/api/v1/auth/login/',
    ])('%s', async (path) => {
      expect((await send(path, { email: person.email, password: PASSWORD })).status).toBe(404);
    });

    it('Basic, cookies and Bearer open nothing here', async () => {
      const basic = Buffer.from(`${person.email}:${PASSWORD}`).toString('base64');
      const token = await signIn(server, person, client());
      const carriers: Record<string, string>[] = [
        { authorization: `Basic ${basic}` },
        { authorization: `Bearer ${token}` },
        { cookie: `sessionid=${token}` },
      ];
      for (const headers of carriers) expect((await server.api.get(ME, headers)).status).toBe(403);
    });
  });

  describe('11. addresses are unique in any case', () => {
    it('refuses a taken one in capitals with 400, and never fails', async () => {
      const other = await makePerson(server, { email: freshEmail() });
      const token = tokenHeader(await signIn(server, person, client()));
      const answer = await server.api.patch(
        ME,
        { email: other.email.toUpperCase() },
        { ...token, ...client() },
      );
      expect(outcome(answer)).toEqual({
        status: 400,
        body: { email: ['user with this email already exists.'] },
      });
    });
  });

  it('no address is flooded with notices by taking and leaving it', async () => {
    const token = tokenHeader(await signIn(server, person, client()));
    const stranger = freshEmail();
    for (let turn = 0; turn < 7; turn += 1) {
      for (const email of [stranger, freshEmail()]) {
        const answer = await server.api.patch(ME, { email }, { ...token, ...client() });
        expect(answer.status).toBe(200);
      }
    }
    expect(await mailsWrittenTo(server, stranger)).toHaveLength(5);
  });
});

describe('weaknesses of document 004, with AUTH_CONFIRM_EMAIL_ENABLE', () => {
  let server: TestGatehouse;

  beforeAll(async () => {
    server = await startTestGatehouse({ AUTH_CONFIRM_EMAIL_ENABLE: 'true' });
  });
  afterAll(() => server.stop());

  it('5. gives no token before the address is confirmed, and mails the link that confirms it', async () => {
    for (const passwords of [twice(PASSWORD), {}]) {
      const email = freshEmail();
      const answer = await server.api.post(REGISTER, { email, ...passwords });
      expect(answer).toMatchObject({ status: 201, body: { token: null } });
      expect(await rowsOf(server, 'grants')).toBe(0);
      const mail = await server.mailbox.waitFor(email);
      expect(mail.links.some((link) => link.startsWith(`${PUBLIC_URL}/c/confirm-user-email/`))).toBe(true);
    }
  });

  it('10. confirms by no GET, and for seven days only', async () => {
    const email = freshEmail();
    await server.api.post(REGISTER, { email, ...twice(PASSWORD) });
    const path = `/c/confirm-user-email/${await mailedToken(server, email)}`;
    for (const method of ['GET', 'HEAD', 'GET']) {
      const page = await server.api.send(method, path, undefined, { referer: `https://${EVIL}/` });
      expect(page.status).toBe(200);
      expect(page.headers.get('location')).toBeNull();
    }
    expect((await server.api.post(LOGIN, { email, password: PASSWORD })).status).toBe(401);
    server.clock.advance(7 * DAY);
    expect((await server.api.post(path)).status).toBe(404);
    expect((await server.api.post(LOGIN, { email, password: PASSWORD })).status).toBe(401);
  });
});

/** Everything that is stored, as one text: SQLite's files, or every row of PostgreSQL's tables. */
async function storedText(server: TestGatehouse): Promise<string> {
  if (DIALECT === 'sqlite') {
    return ['gatehouse.sqlite', 'gatehouse.sqlite-wal']
      .map((name) => readFileSync(join(server.dataDir, name), 'latin1'))
      .join('');
  }
  const reader = server.get(Reader);
  const rows = await Promise.all([
    reader.query(sql`SELECT * FROM users`),
    reader.query(sql`SELECT * FROM grants`),
    reader.query(sql`SELECT * FROM credentials`),
    reader.query(sql`SELECT * FROM one_time_tokens`),
    reader.query(sql`SELECT * FROM outbox`),
    reader.query(sql`SELECT * FROM mail_quota`),
  ]);
  return JSON.stringify(rows);
}
