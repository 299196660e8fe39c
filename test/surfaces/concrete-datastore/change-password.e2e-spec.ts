import { randomUUID } from 'node:crypto';
import { HOUR, MINUTE } from '../../../src/common/clock.js';
import type { Level } from '../../../src/common/levels.js';
import { outcome, tokenHeader } from '../../support/api.js';
import {
  block,
  mailedToken,
  makePerson,
  PASSWORD,
  signIn,
  unblock,
  type Person,
} from '../../support/declared-people.js';
import { startTestGatehouse, type TestGatehouse } from '../../support/gatehouse.js';
import {
  accountBody,
  CHANGE,
  DIFFERENT,
  LOGIN,
  ME,
  refusal,
  REGISTER,
  RESET,
  TOKEN,
  twice,
} from './bodies.js';

const INVALID = { status: 400, body: refusal('Invalid data format', 'INVALID_DATA') };
const UNKNOWN_TARGET = { status: 400, body: refusal('Invalid data', 'INVALID_DATA') };
const MISMATCH = { status: 400, body: refusal('Passwords not corresponding', 'MISMATCH_PASSWORDS') };
const TOO_SHORT = {
  status: 400,
  body: refusal('The password must contain at least 8 character(s).', 'NOT_ENOUGH_CHARS'),
};
const INVALID_TOKEN = { status: 400, body: refusal('invalid token', 'INVALID_TOKEN') };
const SAME = { status: 400, body: refusal('New password must be different', 'CANNOT_USE_SAME_PASSWORD') };
const FORBIDDEN = { status: 403, body: { message: 'Does not have the permissions.' } };
const EMPTY = { status: 400, body: '' };

describe('POST /api/v1.1/auth/change-password/', () => {
  let server: TestGatehouse;
  let person: Person;
  let count = 0;
  const freshEmail = () => `person-${++count}@example.com`;
  const change = async (body: unknown, headers = {}) => outcome(await server.api.post(CHANGE, body, headers));
  const accepts = async (email: string, password: string) =>
    (await server.api.post(LOGIN, { email, password })).status === 200;

  beforeAll(async () => {
    server = await startTestGatehouse({ SESSION_IDLE_TTL: '8640000', SESSION_ABSOLUTE_TTL: '8640000' });
  });
  beforeEach(async () => {
    person = await makePerson(server, { email: freshEmail() });
  });
  afterAll(() => server.stop());

  /** A reset token, as it is mailed. */
  async function resetToken(of: Person, mails = 1): Promise<string> {
    await server.api.post(RESET, { email: of.email });
    return mailedToken(server, of.email, mails);
  }

  describe('the format', () => {
    const token = randomUUID();
    it.each([
      ['nothing', {}],
      ['no e-mail address', twice(DIFFERENT)],
      ['a bad one', { email: 'x', ...twice(DIFFERENT) }],
      ['no password2', { email: 'a@example.com', password1: DIFFERENT }],
      ['an empty password1', { email: 'a@example.com', password1: '', password2: DIFFERENT }],
      ['null as password1', { email: 'a@example.com', password1: null, password2: DIFFERENT }],
      [
        'a token that is no UUID',
        { email: 'a@example.com', ...twice(DIFFERENT), password_change_token: 'x' },
      ],
      ['an empty token', { email: 'a@example.com', ...twice(DIFFERENT), password_change_token: '' }],
      ['a list as token', { email: 'a@example.com', ...twice(DIFFERENT), password_change_token: [token] }],
      ['a list', []],
    ])('is looked at first: %s', async (_, body) => {
      expect(await change(body)).toEqual(INVALID);
      expect(await change(body, tokenHeader(await signIn(server, person)))).toEqual(INVALID);
    });

    it('takes a form, and null for no token', async () => {
      const headers = tokenHeader(await signIn(server, person));
      const body = { email: person.email, ...twice(DIFFERENT) };
      const answer = await server.api.post(CHANGE.slice(0, -1), new URLSearchParams(body), headers);
      expect(answer.status).toBe(200);
      expect(await change({ ...body, password_change_token: null })).toEqual(EMPTY);
    });
  });

  describe('by nobody without a token', () => {
    it('answers 400 with an empty body, whatever else is wrong', async () => {
      expect(await change({ email: person.email, ...twice(DIFFERENT) })).toEqual(EMPTY);
      expect(await change({ email: person.email, password1: 'a', password2: 'b' })).toEqual(EMPTY);
      expect(await change({ email: 'nobody@example.com', ...twice('x') })).toEqual(EMPTY);
      expect(await accepts(person.email, PASSWORD)).toBe(true);
    });
  });

  describe('by a mailed token', () => {
    it("answers the document's example: 200, the account body and a fresh token that works", async () => {
      const token = await resetToken(person);
      const answer = await change({
        email: person.email,
        ...twice(DIFFERENT),
        password_change_token: token,
      });
      expect(answer).toEqual({
        status: 200,
        body: accountBody(person.uid, person.email, { token: TOKEN }),
      });
      const fresh = (answer.body as { token: string }).token;
      expect((await server.api.get(ME, tokenHeader(fresh))).status).toBe(200);
      expect(await accepts(person.email, DIFFERENT)).toBe(true);
      expect(await accepts(person.email, PASSWORD)).toBe(false);
    });

    it('checks the passwords before the token, so that the order tells nothing of it', async () => {
      const token = await resetToken(person);
      for (const password_change_token of [token, randomUUID()]) {
        const body = { email: person.email, password_change_token };
        expect(await change({ ...body, password1: 'a', password2: 'b' })).toEqual(MISMATCH);
        expect(await change({ ...body, ...twice('short') })).toEqual(TOO_SHORT);
      }
      expect(
        (await change({ email: person.email, ...twice(DIFFERENT), password_change_token: token })).status,
      ).toBe(200);
    });

    it('answers every fault of token or address alike', async () => {
      const token = await resetToken(person);
      const other = await makePerson(server, { email: freshEmail() });
      const confirmation = randomUUID();
      for (const [email, password_change_token] of [
        [person.email, confirmation],
        [other.email, token],
        ['nobody@example.com', token],
        ['nobody@example.com', confirmation],
        [person.email, '49297d80-e924-479a-8fcc-27e15f7a12e7'],
      ]) {
        expect(await change({ email, ...twice(DIFFERENT), password_change_token })).toEqual(INVALID_TOKEN);
      }
      expect(await accepts(person.email, PASSWORD)).toBe(true);
    });

    it('refuses the same password without consuming the token', async () => {
      const body = { email: person.email, password_change_token: await resetToken(person) };
      expect(await change({ ...body, ...twice(PASSWORD) })).toEqual(SAME);
      expect(await change({ ...body, ...twice(PASSWORD) })).toEqual(SAME);
      expect((await change({ ...body, ...twice(DIFFERENT) })).status).toBe(200);
    });

    it('works once, also when two come at once', async () => {
      const body = { email: person.email, password_change_token: await resetToken(person) };
      const answers = await Promise.all([
        change({ ...body, ...twice('first password 1') }),
        change({ ...body, ...twice('second password 2') }),
      ]);
      expect(answers.map((answer) => answer.status).sort()).toEqual([200, 400]);
      expect(answers).toContainEqual(INVALID_TOKEN);
      expect(await change({ ...body, ...twice('third password 3') })).toEqual(INVALID_TOKEN);
    });

    it('takes the address in any spelling', async () => {
      const token = await resetToken(person);
      const email = ` ${person.email.toUpperCase()}`;
      expect((await change({ email, ...twice(DIFFERENT), password_change_token: token })).status).toBe(200);
    });

    it('beats whoever is signed in', async () => {
      const boss = await makePerson(server, { email: freshEmail(), level: 'superuser' });
      const headers = tokenHeader(await signIn(server, boss));
      const body = { email: person.email, ...twice(DIFFERENT) };
      expect(await change({ ...body, password_change_token: randomUUID() }, headers)).toEqual(INVALID_TOKEN);
      const answer = await change({ ...body, password_change_token: await resetToken(person) }, headers);
      expect(answer.body).toEqual(accountBody(person.uid, person.email, { token: TOKEN }));
      expect((await server.api.get(ME, headers)).status).toBe(200);
    });

    it('ends every session of the user', async () => {
      const sessions = [await signIn(server, person), await signIn(server, person)];
      const token = await resetToken(person);
      await change({ email: person.email, ...twice(DIFFERENT), password_change_token: token });
      for (const session of sessions) {
        expect((await server.api.get(ME, tokenHeader(session))).status).toBe(403);
      }
    });

    it('is dead after any other change of the password', async () => {
      const token = await resetToken(person);
      const headers = tokenHeader(await signIn(server, person));
      expect((await change({ email: person.email, ...twice(DIFFERENT) }, headers)).status).toBe(200);
      expect(
        await change({ email: person.email, ...twice('third password 3'), password_change_token: token }),
      ).toEqual(INVALID_TOKEN);
    });

    it('is dead once its user was blocked, also when he is active again', async () => {
      const body = {
        email: person.email,
        ...twice(DIFFERENT),
        password_change_token: await resetToken(person),
      };
      await block(server, person);
      expect(await change(body)).toEqual(INVALID_TOKEN);
      await unblock(server, person);
      expect(await change(body)).toEqual(INVALID_TOKEN);
    });

    it('is dead after four hours; one of a registration lives seven days', async () => {
      const body = {
        email: person.email,
        ...twice(DIFFERENT),
        password_change_token: await resetToken(person),
      };
      const email = freshEmail();
      await server.api.post(REGISTER, { email });
      const first = { email, ...twice(DIFFERENT), password_change_token: await mailedToken(server, email) };
      server.clock.advance(4 * HOUR);
      expect(await change(body)).toEqual(INVALID_TOKEN);
      server.clock.advance(7 * 24 * HOUR - 4 * HOUR - MINUTE);
      expect((await change({ ...first, password1: 'x' })).body).toEqual(MISMATCH.body);
      expect((await change(first)).status).toBe(200);
      const late = freshEmail();
      await server.api.post(REGISTER, { email: late });
      const token = await mailedToken(server, late);
      server.clock.advance(7 * 24 * HOUR);
      expect(await change({ email: late, ...twice(DIFFERENT), password_change_token: token })).toEqual(
        INVALID_TOKEN,
      );
    });
  });

  describe('of oneself', () => {
    it('answers the account body with a fresh token and ends all other sessions', async () => {
      const sessions = [await signIn(server, person), await signIn(server, person)];
      const answer = await change({ email: person.email, ...twice(DIFFERENT) }, tokenHeader(sessions[0]!));
      expect(answer).toEqual({
        status: 200,
        body: accountBody(person.uid, person.email, { token: TOKEN }),
      });
      for (const session of sessions) {
        expect((await server.api.get(ME, tokenHeader(session))).body).toEqual({ detail: 'Invalid token.' });
      }
      const fresh = (answer.body as { token: string }).token;
      expect((await server.api.get(ME, tokenHeader(fresh))).status).toBe(200);
      expect(await accepts(person.email, DIFFERENT)).toBe(true);
    });

    it('checks mismatch, policy, same password, in this order', async () => {
      const headers = tokenHeader(await signIn(server, person));
      const body = { email: person.email.toUpperCase() };
      expect(await change({ ...body, password1: 'a', password2: 'b' }, headers)).toEqual(MISMATCH);
      expect(await change({ ...body, ...twice('short') }, headers)).toEqual(TOO_SHORT);
      expect(await change({ ...body, ...twice(PASSWORD) }, headers)).toEqual(SAME);
      expect((await server.api.get(ME, headers)).status).toBe(200);
    });

    it('of two at once leaves one password and one living token', async () => {
      const headers = tokenHeader(await signIn(server, person));
      const answers = await Promise.all(
        ['first password 1', 'second password 2'].map((password) =>
          change({ email: person.email, ...twice(password) }, headers),
        ),
      );
      const won = answers.filter((answer) => answer.status === 200);
      expect(won).toHaveLength(1);
      const works = await Promise.all(
        ['first password 1', 'second password 2'].map((password) => accepts(person.email, password)),
      );
      expect(works.filter(Boolean)).toHaveLength(1);
      expect(answers.find((answer) => answer.status !== 200)!.status).toBeLessThan(500);
    });
  });

  describe('of somebody else', () => {
    const LEVELS: readonly Level[] = ['member', 'manager', 'admin', 'superuser'];
    const allowed: Readonly<Record<Level, readonly Level[]>> = {
      member: [],
      manager: [],
      admin: ['member', 'manager'],
      superuser: ['member', 'manager', 'admin', 'superuser'],
    };

    it.each(LEVELS.flatMap((caller) => LEVELS.map((target) => [caller, target] as const)))(
      'by a %s of a %s',
      async (callerLevel, targetLevel) => {
        const caller = await makePerson(server, { email: freshEmail(), level: callerLevel });
        const target = await makePerson(server, { email: freshEmail(), level: targetLevel });
        const [headers, session] = [await signIn(server, caller), await signIn(server, target)].map(
          tokenHeader,
        );
        const answer = await change({ email: target.email, ...twice(DIFFERENT) }, headers);
        const isAllowed = allowed[callerLevel].includes(targetLevel);
        expect(answer).toEqual(
          isAllowed
            ? { status: 200, body: { email: target.email, message: 'Password updated !' } }
            : FORBIDDEN,
        );
        expect(await accepts(target.email, DIFFERENT)).toBe(isAllowed);
        expect((await server.api.get(ME, session)).status).toBe(isAllowed ? 403 : 200);
        expect((await server.api.get(ME, headers)).status).toBe(200);
      },
    );

    it.each(['member', 'manager'] as const)(
      'tells a %s nothing about anybody: 403 before every check of data',
      async (level) => {
        const caller = await makePerson(server, { email: freshEmail(), level });
        const headers = tokenHeader(await signIn(server, caller));
        for (const email of [person.email, 'nobody@example.com']) {
          for (const passwords of [twice(PASSWORD), twice('x'), { password1: 'a', password2: 'b' }]) {
            expect(await change({ email, ...passwords }, headers)).toEqual(FORBIDDEN);
          }
        }
      },
    );

    it('tells an admin of an unknown target, but not of the passwords of his peers', async () => {
      const admin = await makePerson(server, { email: freshEmail(), level: 'admin' });
      const peer = await makePerson(server, { email: freshEmail(), level: 'admin' });
      const headers = tokenHeader(await signIn(server, admin));
      expect(await change({ email: 'nobody@example.com', ...twice('x') }, headers)).toEqual(UNKNOWN_TARGET);
      expect(await change({ email: peer.email, ...twice(PASSWORD) }, headers)).toEqual(FORBIDDEN);
    });

    it('checks mismatch, policy, same password, in this order', async () => {
      const admin = await makePerson(server, { email: freshEmail(), level: 'admin' });
      const headers = tokenHeader(await signIn(server, admin));
      const body = { email: person.email };
      expect(await change({ ...body, password1: 'a', password2: 'b' }, headers)).toEqual(MISMATCH);
      expect(await change({ ...body, ...twice('short') }, headers)).toEqual(TOO_SHORT);
      expect(await change({ ...body, ...twice(PASSWORD) }, headers)).toEqual(SAME);
    });

    it('of a blocked user leaves him blocked', async () => {
      const admin = await makePerson(server, { email: freshEmail(), level: 'admin' });
      await block(server, person);
      const headers = tokenHeader(await signIn(server, admin));
      expect((await change({ email: person.email, ...twice(DIFFERENT) }, headers)).status).toBe(200);
      expect((await server.api.post(LOGIN, { email: person.email, password: DIFFERENT })).body).toEqual(
        refusal('User blocked', 'USER_BLOCKED'),
      );
    });
  });
});
