import { randomUUID } from 'node:crypto';
import { jest } from '@jest/globals';
import { CreateUser } from '../../src/accounts/create-user.service.js';
import { HOUR, MINUTE, SECOND } from '../../src/common/clock.js';
import { BUILT_IN_ROLES } from '../../src/roles/role.js';
import { bearer, outcome, type Answer } from '../support/api.js';
import { dumpDatabase } from '../support/database-dump.js';
import {
  block,
  findPerson,
  mailedToken,
  mailsWrittenTo,
  makePerson,
  PASSWORD,
  type Person,
  type PersonFields,
} from '../support/declared-people.js';
import {
  keyHeader,
  lookAt003,
  refreshAt003,
  signInAt001,
  signInAt003,
  signInAt004,
} from '../support/doors.js';
import { startTestGatehouse, type TestGatehouse } from '../support/gatehouse.js';

const MASTER_KEY = 'master-key-0123456789-0123456789-abcdef';
const ADMINS = '/api/admin/data';
const REQUEST = '/api/password/reset/request';
const RESET = '/api/password/reset';
const DIFFERENT = 'another horse 2';
const [SUPER_ADMIN, FULL_ADMIN, REPORTER] = BUILT_IN_ROLES.map(({ id }) => id);

const SUCCESS = { status: 200, body: { success: true } };
const BAD_CREDENTIALS = { status: 401, body: { message: 'Bad credentials.' } };
const BAD_REFRESH = { status: 401, body: { code: 401, message: 'Bad credentials' } };
const BAD_JWT = { status: 401, body: { code: 401, message: 'Invalid JWT Token' } };
const BAD_KEY = { status: 403, body: { message: 'Username could not be found.' } };
const http = (code: number, message: string) => ({ status: code, body: { error: { code, message } } });
const FORBIDDEN = http(403, 'Forbidden');
const NOT_FOUND = http(404, 'Not Found');

let count = 0;
const freshEmail = () => `person-${++count}@example.com`;
/** Clients with addresses of their own, each with its own counters. */
const client = () => ({ 'x-forwarded-for': `203.0.113.${++count % 250}` });
/** The errors of a field of a refused form. */
const errorsOf = ({ status, body }: Answer, field: string) => ({
  status,
  errors: body.form?.children[field]?.errors as unknown,
});
const refused = (...errors: string[]) => ({ status: 400, errors });

/**
 * The weaknesses of the project that document 003 comes from, by the numbers of the reference note's
 * section 6: each test fails where one of them is here.
 */
describe('weaknesses of document 003', () => {
  let server: TestGatehouse;
  let root: string;
  let reporter: string;

  beforeAll(async () => {
    server = await startTestGatehouse({ RATE_LIMITS: 'on', TRUST_PROXY: '1', MASTER_API_KEY: MASTER_KEY });
    root = await jwtOf(await make({ type: 'admin', level: 'superuser' }));
    reporter = await jwtOf(await make({ type: 'admin', level: 'manager' }));
  });
  afterEach(() => jest.restoreAllMocks());
  afterAll(() => server.stop());

  const make = (fields: Omit<PersonFields, 'email'> = {}): Promise<Person> =>
    makePerson(server, { email: freshEmail(), ...fields });
  const jwtOf = async (person: Person, type: 'admin' | 'customer' | 'seller' = 'admin') =>
    (await signInAt003(server.api, person, type, client())).token;
  const send = (path: string, body?: unknown, headers: Record<string, string> = {}) =>
    server.api.post(path, body, { ...client(), ...headers });
  const put = (path: string, body: unknown, token: string) =>
    server.api.send('PUT', path, body, { ...client(), ...bearer(token) });
  const login = (_username: string, _password: string, type = 'admin', from = client()) =>
    server.api.post(`/api/${type}/login_check`, { _username, _password }, from);

  /** What makes or replaces an administrator who is at fault in nothing. */
  const draft = (fields: object = {}) => ({
    admin: { firstName: 'Ada', email: freshEmail(), plainPassword: PASSWORD, isActive: true, ...fields },
  });
  const external = (apiKey: string, fields: object = {}) => draft({ external: true, apiKey, ...fields });

  describe('1. permanent tokens', () => {
    it('are shown to nobody, whatever he may VIEW', async () => {
      const key = 'a-token-that-is-chosen-1';
      const { adminId } = (await send(ADMINS, external(key, { lastName: 'AAA' }), bearer(root))).body;
      for (const token of [reporter, root]) {
        const list = await server.api.get('/api/admin?perPage=1000', bearer(token));
        const one = await server.api.get(`${ADMINS}/${adminId}`, bearer(token));
        expect(one.body).toMatchObject({ id: adminId, external: true });
        expect(list.body.users).toContainEqual(one.body);
        for (const { body } of [list, one]) expect(JSON.stringify(body)).not.toMatch(/apiKey|a-token-that/);
      }
      const own = await server.api.get(ADMINS, keyHeader(key));
      expect(own).toMatchObject({ status: 200, body: { id: adminId } });
      expect(JSON.stringify(own.body)).not.toContain(key);
      expect((await dumpDatabase(server.database)) + server.log()).not.toContain(key);
    });

    it('are long and belong to one alone, the configured one included', async () => {
      const taken = 'a-token-that-is-chosen-2';
      expect((await send(ADMINS, external(taken), bearer(root))).status).toBe(200);
      const make = async (key: string) => errorsOf(await send(ADMINS, external(key), bearer(root)), 'apiKey');
      expect(await make('123456')).toEqual(
        refused('This value is too short. It should have 16 characters or more.'),
      );
      for (const key of [taken, MASTER_KEY]) {
        expect(await make(key)).toEqual(refused('This value is already used.'));
      }
      expect((await server.api.get(ADMINS, keyHeader(taken))).status).toBe(200);
    });

    it('in a URL come into no log', async () => {
      const key = 'a-token-that-is-chosen-3';
      await send(ADMINS, external(key), bearer(root));
      expect((await server.api.get(`${ADMINS}?auth_token=${key}`)).status).toBe(200);
      expect((await server.api.get(`${ADMINS}?auth_token=${MASTER_KEY}`)).status).toBe(200);
      expect(server.log()).toContain('"route":"/api/admin/data"');
      for (const secret of [key, MASTER_KEY]) expect(server.log()).not.toContain(secret);
    });

    it('count when they are wholly right', async () => {
      expect((await server.api.get(ADMINS, keyHeader(MASTER_KEY))).body.username).toBe('api');
      const near = [
        MASTER_KEY.slice(0, -1),
        `${MASTER_KEY}0`,
        MASTER_KEY.toUpperCase(),
        'true',
        '0',
        '86b0c8ad-dadc-4d9f-8a72-8b55b9f81c3d',
        'api',
      ];
      for (const key of near) {
        expect(outcome(await server.api.get(ADMINS, { ...client(), ...keyHeader(key) }))).toEqual(BAD_KEY);
      }
      const listed = await server.api.get(`${ADMINS}?auth_token[]=${MASTER_KEY}`, client());
      expect(listed.status).toBeGreaterThanOrEqual(400);
    });
  });

  describe('2. tokens that reset a password', () => {
    const redeem = async (token: string, plainPassword = DIFFERENT) =>
      outcome(await send(RESET, { token, reset: { plainPassword } }));

    it('end after four hours, with their use and with a newer one', async () => {
      const { email } = await make({ type: 'admin', level: 'member' });
      expect(outcome(await send(REQUEST, { username: email }))).toEqual(SUCCESS);
      const first = await mailedToken(server, email);
      server.clock.advance(MINUTE);
      await send(REQUEST, { username: email });
      const second = await mailedToken(server, email, 2);
      expect(await redeem(first)).toEqual(NOT_FOUND);
      expect(await redeem(second)).toEqual(SUCCESS);
      expect(await redeem(second, 'a third horse 3')).toEqual(NOT_FOUND);
      server.clock.advance(MINUTE);
      await send(REQUEST, { username: email });
      const third = await mailedToken(server, email, 3);
      server.clock.advance(4 * HOUR);
      expect(await redeem(third)).toEqual(NOT_FOUND);
      await expect(
        signInAt003(server.api, { email, password: DIFFERENT }, 'admin', client()),
      ).resolves.toBeDefined();
    });

    it('cannot be guessed: 60 tries a minute, and no code by SMS is one', async () => {
      const from = client();
      const guess = () =>
        server.api.post(RESET, { token: '123456', reset: { plainPassword: DIFFERENT } }, from);
      const seen = await Promise.all(Array.from({ length: 61 }, guess));
      expect(seen.filter(({ status }) => status === 404)).toHaveLength(60);
      const limited = seen.find(({ status }) => status === 429)!;
      expect(outcome(limited)).toEqual(http(429, 'Too Many Requests'));
      expect(Number(limited.headers.get('retry-after'))).toBeGreaterThan(0);
      for (const path of [
        '/api/customer/activate-sms/123456',
        '/api/customer/customer-phone/send-sms-code',
      ]) {
        expect(outcome(await send(path, { phone: '+48500100200' }))).toEqual(NOT_FOUND);
      }
    });
  });

  it('3. no secret is drawn from the clock or from Math.random', async () => {
    const callers: string[] = [];
    jest.spyOn(Math, 'random').mockImplementation(() => {
      callers.push(new Error('asked').stack ?? '');
      return 0.5;
    });
    const person = await make({ type: 'admin', level: 'admin' });
    const reset: string[] = [];
    const refresh: string[] = [];
    for (let draw = 1; draw <= 8; draw += 1) {
      refresh.push((await signInAt003(server.api, person, 'admin', client())).refreshToken);
      const { email } = await make({ type: 'seller' });
      await send(REQUEST, { username: email });
      reset.push((await mailedToken(server, email)).replaceAll('-', ''));
    }
    for (const token of refresh) expect(token).toMatch(/^[0-9a-f]{128}$/);
    /** The places at which all tokens are alike: nothing counts up, and nothing comes from the time. */
    const alike = (tokens: string[]) =>
      [...tokens[0]!].flatMap((digit, place) =>
        tokens.every((token) => token[place] === digit) ? [place] : [],
      );
    expect(alike(refresh)).toEqual([]);
    expect(alike(reset)).toEqual([]);
    expect(callers.filter((stack) => stack.includes('/src/'))).toEqual([]);
  });

  describe('4. nobody learns who has an account, nor tries out passwords', () => {
    it('by a reset: known, blocked, unknown and asked again are alike', async () => {
      const [known, blocked] = [await make({ type: 'admin' }), await make()];
      await block(server, blocked);
      for (const path of [REQUEST, '/api/customer/password/reset/request']) {
        for (const username of [known.email, blocked.email, known.email, freshEmail()]) {
          expect(outcome(await send(path, { username }))).toEqual(SUCCESS);
        }
      }
    });

    it('by customer/check, which needs the right to look', async () => {
      const customer = await make({ phone: '+48500100201' });
      const check = (headers = {}) =>
        server.api.get(`/api/customer/check?emailOrPhone=${customer.email}`, headers);
      expect(outcome(await check())).toEqual({ status: 401, body: { message: 'Authentication Required' } });
      for (const person of [customer, await make({ type: 'seller' })]) {
        const type = person === customer ? 'customer' : 'seller';
        expect(outcome(await check(bearer(await jwtOf(person, type))))).toEqual(FORBIDDEN);
      }
      expect(outcome(await check(bearer(reporter)))).toEqual({ status: 200, body: { total: 1 } });
    });

    it('by a sign-in: an inactive seller is told so for his right password only', async () => {
      const seller = await make({ type: 'seller' });
      await block(server, seller);
      for (const [who, password] of [
        [seller.email, DIFFERENT],
        [freshEmail(), DIFFERENT],
        [freshEmail(), PASSWORD],
      ] as const) {
        expect(outcome(await login(who, password, 'seller'))).toEqual(BAD_CREDENTIALS);
      }
      expect(outcome(await login(seller.email, PASSWORD, 'seller'))).toEqual({
        status: 400,
        body: { message: 'Your account is not active' },
      });
    });

    it('ten wrong passwords a minute lock an address out, at the other doors too', async () => {
      for (const email of [(await make({ type: 'admin' })).email, freshEmail()]) {
        const from = client();
        for (let guess = 0; guess < 10; guess += 1) {
          expect(outcome(await login(email, `${DIFFERENT}${guess}`, 'admin', from))).toEqual(BAD_CREDENTIALS);
        }
        const limited = await login(email, PASSWORD, 'admin', from);
        expect(outcome(limited)).toEqual(http(429, 'Too Many Requests'));
        expect(Number(limited.headers.get('retry-after'))).toBeGreaterThan(0);
        const doors = [signInAt001, signInAt004];
        for (const door of doors) {
          await expect(door(server.api, { email, password: PASSWORD }, from)).rejects.toThrow('429');
        }
      }
    });
  });

  describe('5. refresh tokens', () => {
    const refresh = async (token: string) => outcome(await refreshAt003(server.api, token, client()));

    it('are rotated; one that is used again ends its whole family, and nothing of it is stored', async () => {
      const person = await make({ type: 'admin' });
      const first = await signInAt003(server.api, person, 'admin', client());
      const other = await signInAt003(server.api, person, 'admin', client());
      const { body: second } = (await refresh(first.refreshToken)) as Answer;
      expect(second.refresh_token).not.toBe(first.refreshToken);
      const stored = (await dumpDatabase(server.database)) + server.log();
      for (const token of [first.token, first.refreshToken, second.token, second.refresh_token]) {
        expect(stored).not.toContain(token);
      }
      server.clock.advance(31 * SECOND);
      expect(await refresh(first.refreshToken)).toEqual(BAD_REFRESH);
      expect(await refresh(second.refresh_token as string)).toEqual(BAD_REFRESH);
      for (const token of [first.token, second.token as string]) {
        expect(outcome(await lookAt003(server.api, token))).toEqual(BAD_JWT);
      }
      expect((await lookAt003(server.api, other.token)).status).toBe(200);
    });

    it('count in a body alone, and by POST alone', async () => {
      const { refreshToken } = await signInAt003(
        server.api,
        await make({ type: 'admin' }),
        'admin',
        client(),
      );
      const path = `/api/token/refresh?refresh_token=${refreshToken}`;
      expect(outcome(await send(path))).toEqual(BAD_REFRESH);
      for (const method of ['GET', 'PUT', 'DELETE', 'PATCH']) {
        const answer = await server.api.send(method, path, undefined, client());
        expect(outcome(answer)).toEqual(http(405, 'Method Not Allowed'));
        expect(answer.headers.get('allow')).toBe('POST');
      }
      expect((await refresh(refreshToken)).status).toBe(200);
    });

    it.each<[string, (person: Person, token: string) => Promise<Answer>]>([
      [
        'a change of the password elsewhere',
        async ({ email }) =>
          send(
            '/api/v1.1/auth/change-password/',
            { email, password1: DIFFERENT, password2: DIFFERENT },
            {
              authorization: `Token ${await signInAt004(server.api, { email, password: PASSWORD }, client())}`,
            },
          ),
      ],
      [
        'a reset',
        async ({ email }) => {
          await send(REQUEST, { username: email });
          const token = await mailedToken(server, email);
          return send(RESET, { token, reset: { plainPassword: DIFFERENT } });
        },
      ],
      ['disabling', ({ uid }) => send(`/v1/users/${uid}/disable`, undefined, bearer(root))],
      ['revoke, with the JWTs', (_person, token) => send('/api/token/revoke', {}, bearer(token))],
    ])('end with %s', async (_what, end) => {
      const person = await make({ type: 'admin', level: 'member' });
      const { token, refreshToken } = await signInAt003(server.api, person, 'admin', client());
      expect((await end(person, token)).status).toBeLessThan(300);
      expect(await refresh(refreshToken)).toEqual(BAD_REFRESH);
      expect(outcome(await lookAt003(server.api, token))).toEqual(BAD_JWT);
    });
  });

  describe('6. nobody raises himself or others above himself', () => {
    let full: string;
    beforeAll(async () => {
      full = await jwtOf(await make({ type: 'admin', level: 'admin' }));
    });

    it('by giving a higher role', async () => {
      const made = await send(ADMINS, draft({ roles: [SUPER_ADMIN] }), bearer(full));
      expect(errorsOf(made, 'roles')).toEqual(refused('This value is not valid.'));
      const equal = await send(ADMINS, draft({ roles: [FULL_ADMIN] }), bearer(full));
      const raised = await put(`${ADMINS}/${equal.body.adminId}`, draft({ roles: [SUPER_ADMIN] }), full);
      expect(errorsOf(raised, 'roles')).toEqual(refused('This value is not valid.'));
    });

    it('by what he writes of himself', async () => {
      const self = await make({ type: 'admin', level: 'admin' });
      const token = await jwtOf(self);
      const own = { admin: { email: self.email, roles: [REPORTER] } };
      for (const path of [ADMINS, `${ADMINS}/${self.uid}`]) {
        expect(outcome(await put(path, own, token))).toEqual({ status: 200, body: { adminId: self.uid } });
        const more = {
          admin: { ...own.admin, plainPassword: DIFFERENT, external: true, apiKey: 'x'.repeat(16) },
        };
        expect((await put(path, more, token)).status).toBe(400);
      }
      expect((await lookAt003(server.api, token)).body).toMatchObject({
        external: false,
        roles: [{ name: 'Full admin' }],
      });
    });

    it('by taking over who stands higher', async () => {
      const boss = await make({ type: 'admin', level: 'superuser' });
      const taken = await put(`${ADMINS}/${boss.uid}`, draft({ plainPassword: DIFFERENT }), full);
      expect(outcome(taken)).toEqual(FORBIDDEN);
      expect((await login(boss.email, PASSWORD)).status).toBe(200);
    });

    it('by editing roles: a built-in one, or his own for more than he has', async () => {
      for (const [id, error] of [
        [SUPER_ADMIN, 'Can not remove master role.'],
        [REPORTER, 'Can not change a built-in role.'],
      ]) {
        const changed = await put(`/api/admin/acl/role/${id}`, { role: { name: 'mine' } }, root);
        expect(outcome(changed)).toEqual({ status: 400, body: { error } });
      }
      const keepers = [
        { resource: 'ADMIN', access: 'MODIFY' },
        { resource: 'ACL', access: 'MODIFY' },
      ];
      await send('/api/admin/acl/role', { role: { name: 'Keepers', permissions: keepers } }, bearer(root));
      const { roles } = (await server.api.get('/api/admin/acl/role', bearer(root))).body;
      const { id } = (roles as { id: string; name: string }[]).find(({ name }) => name === 'Keepers')!;
      const keeper = draft({ roles: [id] });
      await send(ADMINS, keeper, bearer(root));
      const token = await jwtOf({ ...(await findPerson(server, keeper.admin.email)), password: PASSWORD });

      const more = { name: 'More', permissions: [...keepers, { resource: 'CUSTOMER', access: 'VIEW' }] };
      expect(outcome(await put(`/api/admin/acl/role/${id}`, { role: more }, token))).toEqual(FORBIDDEN);
      expect(outcome(await send('/api/admin/acl/role', { role: more }, bearer(token)))).toEqual(FORBIDDEN);
      for (const role of [REPORTER, FULL_ADMIN]) {
        const made = await send(ADMINS, draft({ roles: [role] }), bearer(token));
        expect(errorsOf(made, 'roles')).toEqual(refused('This value is not valid.'));
      }
      expect((await server.api.get(`/api/admin/acl/role/${id}`, bearer(token))).body).toMatchObject({
        name: 'Keepers',
        permissions: keepers,
      });
    });

    it('nor writes with the right to look', async () => {
      expect(outcome(await send(ADMINS, {}, bearer(reporter)))).toEqual(FORBIDDEN);
      expect(outcome(await put(`${ADMINS}/${randomUUID()}`, {}, reporter))).toEqual(FORBIDDEN);
    });
  });

  it('7. an unknown administrator is 404 and never oneself', async () => {
    const customer = await make();
    const before = await lookAt003(server.api, root);
    for (const id of [randomUUID(), customer.uid, 'x', '0', 'null']) {
      expect(outcome(await server.api.get(`${ADMINS}/${id}`, bearer(root)))).toEqual(NOT_FOUND);
      expect(outcome(await put(`${ADMINS}/${id}`, draft(), root))).toEqual(NOT_FOUND);
    }
    expect(outcome(await lookAt003(server.api, root))).toEqual(outcome(before));
  });

  describe('8. passwords of sellers and customers', () => {
    const person = (fields: object) => ({
      firstName: 'Sel',
      lastName: 'Ler',
      email: freshEmail(),
      ...fields,
    });

    it('obey the policy, and are answered to nobody', async () => {
      const register = (plainPassword: string) =>
        send('/api/seller/register', { seller: person({ active: true, plainPassword }) }, bearer(root));
      expect(errorsOf(await register('x'), 'plainPassword')).toEqual(
        refused('Your password must be at least 8 characters long.'),
      );
      const made = await register(DIFFERENT);
      expect(Object.keys(made.body as object)).toEqual(['sellerId', 'email']);
      expect((await login(made.body.email as string, DIFFERENT, 'seller')).status).toBe(200);
    });

    it('are never mailed: who has none is mailed a link, and sets one before he can sign in', async () => {
      const seller = { seller: person({ active: true }) };
      const customer = { customer: person({ agreement1: true }) };
      for (const [path, body, email] of [
        ['/api/seller/register', seller, seller.seller.email],
        ['/api/customer/register', customer, customer.customer.email],
      ] as const) {
        const made = await send(path, body, bearer(root));
        expect(made.status).toBe(200);
        expect(Object.values(made.body as object)).toEqual([expect.any(String), email]);
        const mail = await server.mailbox.waitFor(email);
        expect(mail.links).toHaveLength(1);
        expect(mail.text).not.toMatch(/password (is|:)/i);
        const token = await mailedToken(server, email);
        expect(outcome(await send(RESET, { token, reset: { plainPassword: DIFFERENT } }))).toEqual(SUCCESS);
        const type = path.includes('seller') ? 'seller' : 'customer';
        expect((await login(email, DIFFERENT, type)).status).toBe(200);
      }
    });

    it('none is there from the start', async () => {
      for (const name of ['admin', 'reporter', 'supervisor']) {
        for (const type of ['admin', 'customer', 'seller']) {
          expect(outcome(await login(name, 'open', type))).toEqual(BAD_CREDENTIALS);
        }
      }
    });
  });

  describe('9. a blocked customer', () => {
    const register = async () => {
      const email = freshEmail();
      const customer = {
        firstName: 'Cus',
        lastName: 'Tomer',
        email,
        plainPassword: PASSWORD,
        agreement1: true,
      };
      const { body } = await send('/api/customer/self_register', { customer });
      return { id: body.customerId as string, email, token: await mailedToken(server, email) };
    };
    const activate = async (token: string) => (await send(`/api/customer/activate/${token}`)).status;

    it('does not come back by the link that activated him, nor by one that he kept', async () => {
      for (const isUsed of [true, false]) {
        const { id, email, token } = await register();
        expect((await login(email, PASSWORD, 'customer')).status).toBe(401);
        if (isUsed) expect(await activate(token)).toBe(200);
        const blocked = await send(`/api/admin/customer/${id}/deactivate`, undefined, bearer(root));
        expect(blocked.status).toBe(200);
        expect(await activate(token)).toBe(404);
        expect(outcome(await login(email, PASSWORD, 'customer'))).toEqual(BAD_CREDENTIALS);
      }
    });

    it('is no seller’s to let in, and no customer is his to block or to edit', async () => {
      const seller = await jwtOf(await make({ type: 'seller' }), 'seller');
      const customer = await make();
      for (const verb of ['activate', 'deactivate']) {
        const asAdmin = await send(`/api/admin/customer/${customer.uid}/${verb}`, undefined, bearer(seller));
        expect(outcome(asAdmin)).toEqual(FORBIDDEN);
        const own = await send(`/api/seller/customer/${customer.uid}/${verb}`, undefined, bearer(seller));
        expect(outcome(own)).toEqual(NOT_FOUND);
      }
      const edit = await put(`/api/customer/${customer.uid}`, { customer: { firstName: 'Mine' } }, seller);
      expect(outcome(edit)).toEqual(NOT_FOUND);
      expect((await login(customer.email, PASSWORD, 'customer')).status).toBe(200);
    });
  });

  describe('10. an e-mail address', () => {
    it('belongs to one user of any kind, so that its reset never fails', async () => {
      const customer = await make();
      const email = customer.email.toUpperCase();
      expect(errorsOf(await send(ADMINS, draft({ email }), bearer(root)), 'email')).toEqual(
        refused('This value is already used.'),
      );
      const seller = { firstName: 'Sel', lastName: 'Ler', email };
      expect(errorsOf(await send('/api/seller/register', { seller }, bearer(root)), 'email')).toEqual(
        refused('This email is already taken'),
      );
      expect(outcome(await send(REQUEST, { username: email }))).toEqual(SUCCESS);
    });

    it('has the form of one', async () => {
      for (const email of [
        'nowhere',
        'a@',
        'a b@example.com',
        '<a@example.com>',
        'a@example.com\nBcc: b@b.com',
      ]) {
        expect(errorsOf(await send(ADMINS, draft({ email }), bearer(root)), 'email')).toEqual(
          refused('This value is not valid.'),
        );
      }
    });

    it('is not changed without a word to the old one', async () => {
      const person = await make({ type: 'admin', level: 'admin' });
      const changed = await put(ADMINS, { admin: { email: freshEmail() } }, await jwtOf(person));
      expect(outcome(changed)).toEqual({ status: 200, body: { adminId: person.uid } });
      expect(await mailsWrittenTo(server, person.email)).toEqual(['email-changed']);
    });
  });

  describe('11. failures', () => {
    it('of ours are 500 and logged, not a 400 without a reason', async () => {
      jest.spyOn(server.get(CreateUser), 'create').mockRejectedValueOnce(new Error('the disk is full'));
      const failed = await send(ADMINS, draft(), bearer(root));
      expect(outcome(failed)).toEqual(http(500, 'Internal Server Error'));
      expect(server.log()).toContain(`"status":500`);
      const lines = server
        .log()
        .split('\n')
        .filter((line) => line.includes(failed.headers.get('x-request-id')!));
      expect(lines.join('')).toContain('"level":50');
    });

    it('of the caller name the field', async () => {
      for (const fields of [{ email: '' }, { plainPassword: 'x' }, { phone: 'x' }, { roles: [] }, { x: 1 }]) {
        const { status, body } = await send(ADMINS, draft(fields), bearer(root));
        const { children } = body.form as { children: Record<string, { errors?: string[] }> };
        const told = Object.values(children).flatMap(({ errors = [] }) => errors);
        expect({ status, told: [...told, ...(body.errors as string[])].length }).toEqual({
          status: 400,
          told: 1,
        });
      }
    });

    it('and answers are for the pages of no foreign origin', async () => {
      const origin = 'https://evil.example';
      const preflight = { origin, 'access-control-request-method': 'POST' };
      const answers = [
        await send('/api/admin/login_check', { _username: 'x', _password: 'y' }, { origin }),
        await server.api.get(ADMINS, { ...bearer(root), origin }),
        await server.api.send('OPTIONS', '/api/admin/login_check', undefined, preflight),
      ];
      for (const { headers } of answers) {
        expect([...headers.keys()].filter((name) => name.startsWith('access-control-'))).toEqual([]);
      }
    });
  });
});
