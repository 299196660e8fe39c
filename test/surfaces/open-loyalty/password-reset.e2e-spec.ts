import { HOUR, MINUTE } from '../../../src/common/clock.js';
import type { UserType } from '../../../src/common/levels.js';
import { outcome } from '../../support/api.js';
import {
  block,
  mailedToken,
  mailsWrittenTo,
  makePerson,
  type Person,
} from '../../support/declared-people.js';
import { startTestGatehouse, type TestGatehouse } from '../../support/gatehouse.js';
import {
  BAD_CREDENTIALS,
  EXTRA,
  BLANK,
  formOf,
  INVALID,
  loginCheck,
  makeMember,
  NOT_FOUND,
  refusal,
  signInAt,
} from './people.js';

const FIRST = 'First-password 1';
const NEW = 'New-password 2';
const SUCCESS = { status: 200, body: { success: true } };
const TOO_WEAK = [
  'Your password must be at least 8 characters long.',
  'Your password must include at least one number.',
  'Your password must contain at least one special character.',
];
const TYPES = ['admin', 'customer', 'seller'] as const;

let server: TestGatehouse;
let count = 0;
const freshEmail = () => `person-${++count}@example.com`;

beforeAll(async () => {
  server = await startTestGatehouse({ PASSWORD_MIN_DIGITS: '1', PASSWORD_MIN_SPECIAL: '1' });
});
afterAll(() => server.stop());

const meStatus = async (headers: Record<string, string>) => (await server.api.get('/v1/me', headers)).status;

const request = (username: unknown, path = '/api/password/reset/request') =>
  server.api.post(path, { username });
const reset = (token: string, plainPassword: unknown) =>
  server.api.post('/api/password/reset', { token, reset: { plainPassword } });

const refused = (faults: Record<string, readonly string[]>, errors: readonly string[] = []) =>
  refusal(['plainPassword'], faults, errors);

async function asked(email: string, count = 1): Promise<string> {
  expect(outcome(await request(email))).toEqual(SUCCESS);
  return mailedToken(server, email, count);
}

describe('POST /api/password/reset/request', () => {
  it.each(TYPES)('mails an active %s a link, under whatever name', async (type) => {
    const email = freshEmail();
    const person = await makePerson(server, { email, type, phone: `+4850020${1000 + count}` });
    expect(outcome(await request(`+4850020${1000 + count}`))).toEqual(SUCCESS);
    const mail = await server.mailbox.waitFor(email);
    expect(mail.links).toHaveLength(1);
    expect(await mailsWrittenTo(server, email)).toEqual(['reset-password']);
    expect((await loginCheck(server, type, email, person.password)).status).toBe(200);
  });

  it('answers alike for a name that nobody has, for a blocked user, and again at once', async () => {
    const [known, blocked] = [freshEmail(), freshEmail()];
    await makePerson(server, { email: known });
    await block(server, await makePerson(server, { email: blocked }));
    for (const name of [known, known, blocked, 'nobody@example.com', 'no name', `${known}.`]) {
      const answer = await server.api.post(
        '/api/password/reset/request',
        new URLSearchParams({ username: name }),
      );
      expect(outcome(answer)).toEqual(SUCCESS);
    }
    expect(await mailsWrittenTo(server, known)).toEqual(['reset-password']);
    await server.mailbox.waitFor(known);
    expect(await server.mailbox.to(blocked)).toEqual([]);
    expect(await server.mailbox.to('nobody@example.com')).toEqual([]);
  });

  it.each([[{}], [{ username: '' }], [{ username: null }], [{ username: ['a'] }], [undefined]])(
    'needs a name: %j',
    async (body) => {
      const refused = { status: 400, body: { error: 'field "username" should not be empty' } };
      for (const path of ['/api/password/reset/request', '/api/customer/password/reset/request']) {
        expect(outcome(await server.api.post(path, body))).toEqual(refused);
      }
    },
  );
});

describe('POST /api/customer/password/reset/request', () => {
  const path = '/api/customer/password/reset/request';

  it('mails customers alone, also by card, and answers everybody alike', async () => {
    const [customer, seller] = [freshEmail(), freshEmail()];
    await makePerson(server, { email: customer, loyaltyCardNumber: '47834433524' });
    await makePerson(server, { email: seller, type: 'seller' });
    for (const name of ['47834433524', seller, 'nobody@example.com']) {
      expect(outcome(await request(name, path))).toEqual(SUCCESS);
    }
    const token = await mailedToken(server, customer);
    expect(await server.mailbox.to(seller)).toEqual([]);
    expect(outcome(await reset(token, NEW))).toEqual(SUCCESS);
    expect((await loginCheck(server, 'customer', customer, NEW)).status).toBe(200);
  });
});

describe('POST /api/password/reset', () => {
  it.each(TYPES)('sets the password of a %s and ends every session', async (type) => {
    const person = await makeMember(server, type, { email: freshEmail() });
    const token = await asked(person.email);
    expect(outcome(await reset(token, NEW))).toEqual(SUCCESS);
    expect(await meStatus(person.headers)).toBe(401);
    expect((await loginCheck(server, type, person.email, person.password)).status).toBe(401);
    expect((await loginCheck(server, type, person.email, NEW)).status).toBe(200);
  });

  it('takes the token in a form or in the query; in the body it goes first', async () => {
    const [one, other] = [freshEmail(), freshEmail()];
    for (const email of [one, other]) await makePerson(server, { email });
    const form = formOf('reset', { plainPassword: NEW });
    const inQuery = await server.api.post(`/api/password/reset?token=${await asked(one)}`, form);
    expect(outcome(inQuery)).toEqual(SUCCESS);
    form.append('token', await asked(other));
    expect(outcome(await server.api.post('/api/password/reset?token=nonsense', form))).toEqual(SUCCESS);
    for (const email of [one, other])
      expect((await loginCheck(server, 'customer', email, NEW)).status).toBe(200);
  });

  it('takes a token once, also of two who show it at once', async () => {
    const email = freshEmail();
    await makePerson(server, { email });
    const token = await asked(email);
    const answers = await Promise.all([reset(token, NEW), reset(token, `${NEW}!`)]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 404]);
    expect(outcome(await reset(token, `${NEW}?`))).toEqual(NOT_FOUND);
  });

  it.each([['49297d80-e924-479a-8fcc-27e15f7a12e7'], ['nonsense'], ['%00'], ['x'.repeat(2_000)]])(
    'answers 404 for the unknown token %s',
    async (token) => {
      expect(outcome(await reset(token, NEW))).toEqual(NOT_FOUND);
    },
  );

  it.each([[{}], [{ token: '' }], [{ token: null }], [{ token: { a: 'b' } }], [undefined]])(
    'needs a token: %j',
    async (body) => {
      expect(outcome(await server.api.post('/api/password/reset', body))).toEqual({
        status: 400,
        body: { error: 'field "token" should not be empty' },
      });
    },
  );

  it('tells the faults of the password in the form and leaves the token alive', async () => {
    const email = freshEmail();
    await makePerson(server, { email });
    const token = await asked(email);
    expect(outcome(await reset(token, 'weak'))).toEqual(refused({ plainPassword: TOO_WEAK }));
    for (const blank of ['', null, undefined])
      expect(outcome(await reset(token, blank))).toEqual(refused({ plainPassword: [BLANK] }));
    expect(outcome(await server.api.post('/api/password/reset', { token }))).toEqual(
      refused({ plainPassword: [BLANK] }),
    );
    expect(outcome(await reset(token, NEW))).toEqual(SUCCESS);
  });

  it('tells in the form of what is no password', async () => {
    const email = freshEmail();
    await makePerson(server, { email });
    const token = await asked(email);
    expect(outcome(await reset(token, { a: 'b' }))).toEqual(refused({ plainPassword: [INVALID] }));
    const extra = { token, reset: { plainPassword: NEW, role: 'admin' } };
    expect(outcome(await server.api.post('/api/password/reset', extra))).toEqual(refused({}, [EXTRA]));
    expect(outcome(await reset(token, NEW))).toEqual(SUCCESS);
  });

  it('tells in the form of the password that one has, and leaves the token alive', async () => {
    const email = freshEmail();
    await makePerson(server, { email, password: NEW });
    const token = await asked(email);
    expect(outcome(await reset(token, NEW))).toEqual(
      refused({ plainPassword: ['This value should not be the same as the current password.'] }),
    );
    expect(outcome(await reset(token, `${NEW}!`))).toEqual(SUCCESS);
  });

  it('knows no token that is too old, overtaken by a newer one, or of somebody blocked since', async () => {
    const people: Person[] = [];
    for (const _ of [1, 2, 3]) people.push(await makePerson(server, { email: freshEmail() }));
    const [late, twice, blocked] = people as [Person, Person, Person];
    const lateToken = await asked(late.email);
    const blockedToken = await asked(blocked.email);
    await block(server, blocked);
    expect(outcome(await reset(blockedToken, NEW))).toEqual(NOT_FOUND);
    const first = await asked(twice.email);
    server.clock.advance(MINUTE);
    const second = await asked(twice.email, 2);
    expect(outcome(await reset(first, NEW))).toEqual(NOT_FOUND);
    expect(outcome(await reset(second, NEW))).toEqual(SUCCESS);
    server.clock.advance(4 * HOUR - MINUTE);
    expect(outcome(await reset(lateToken, NEW))).toEqual(NOT_FOUND);
  });

  it('activates a new customer, whose address it proves', async () => {
    const email = freshEmail();
    const customer = { firstName: 'Ada', lastName: 'Young', email, plainPassword: FIRST, agreement1: 1 };
    expect((await server.api.post('/api/customer/self_register', { customer })).status).toBe(200);
    expect(outcome(await loginCheck(server, 'customer', email, FIRST))).toEqual(BAD_CREDENTIALS);
    const token = await asked(email, 2);
    expect(outcome(await reset(token, NEW))).toEqual(SUCCESS);
    const headers = await signInAt(server, 'customer', { uid: '', email, password: NEW });
    expect((await server.api.get('/v1/me', headers)).body).toMatchObject({ email, emailConfirmed: true });
  });

  it('is not there for the kinds apart', async () => {
    for (const type of TYPES satisfies readonly UserType[]) {
      expect(outcome(await server.api.post(`/api/${type}/password/reset`, {}))).toEqual(NOT_FOUND);
    }
  });
});
