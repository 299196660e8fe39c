import { outcome } from '../../support/api.js';
import { mailedToken, mailsWrittenTo, PASSWORD, rowsOf } from '../../support/declared-people.js';
import { startTestGatehouse, type TestGatehouse } from '../../support/gatehouse.js';
import {
  BAD_CREDENTIALS,
  BAD_JWT,
  BLANK,
  EXTRA,
  FORBIDDEN,
  INVALID,
  keyHeader,
  loginCheck,
  makeAdmin,
  makeMember,
  makeRole,
  MASTER,
  NOT_FOUND,
  refusal,
  signInAt,
  hire,
  UNAUTHENTICATED,
  UUID,
  type Member,
} from './people.js';

const SELF = '/api/customer/self_register';
const CHECK = '/api/customer/check';
const COUNT = '/api/admin/analytics/customers';
const DONE = { status: 200, body: '' };
const UNKNOWN = '49297d80-e924-479a-8fcc-27e15f7a12e7';
const EMAIL_TAKEN = 'Customer with such email already exists.';

const COMMON = [
  'firstName',
  'lastName',
  'gender',
  'email',
  'phone',
  'birthDate',
  'address',
  'company',
  'loyaltyCardNumber',
  'labels',
  'agreement1',
  'agreement2',
  'agreement3',
  'referral_customer_email',
] as const;
const OTHER_FIELDS = [...COMMON, 'levelId', 'posId', 'sellerId'];

describe('customers, as staff deals with them', () => {
  let server: TestGatehouse;
  let admin: Member;
  let manager: Member;
  let seller: Member;
  let customer: Member;
  let count = 0;
  const freshEmail = () => `customer-${++count}@example.com`;

  beforeAll(async () => {
    server = await startTestGatehouse({ MASTER_API_KEY: MASTER });
    admin = await makeAdmin(server, 'admin');
    manager = await makeAdmin(server, 'manager');
    seller = await makeMember(server, 'seller', { email: 'seller@example.com', phone: '+48500100500' });
    customer = await makeMember(server, 'customer', {
      email: 'shopper@example.com',
      phone: '+48500100501',
      loyaltyCardNumber: '47834433524',
    });
  });
  afterAll(() => server.stop());

  const nameAnd = (fields: object) => ({ firstName: 'Ada', lastName: 'Young', agreement1: 1, ...fields });
  const register = (fields: object) =>
    server.api.post(SELF, { customer: nameAnd({ plainPassword: PASSWORD, ...fields }) });
  const made = (email: string) => ({
    status: 200,
    body: { customerId: expect.stringMatching(UUID) as string, email },
  });
  const signIn = (name: string, password = PASSWORD) => loginCheck(server, 'customer', name, password);
  const turn = (id: string, to: 'activate' | 'deactivate', { headers } = admin) =>
    server.api.post(`/api/admin/customer/${id}/${to}`, undefined, headers);

  describe.each([
    ['/api/customer/register', () => admin],
    ['/api/admin/customer/register', () => admin],
    ['/api/seller/customer/register', () => seller],
  ])('POST %s', (path, registrar) => {
    const post = (fields: unknown, headers = registrar().headers) =>
      server.api.post(path, { customer: fields }, headers);

    it('makes a customer who sets his password by the mailed link; no password is made up or told', async () => {
      const email = freshEmail();
      const answer = await post(nameAnd({ email }));
      expect(outcome(answer)).toEqual(made(email));
      expect(await mailsWrittenTo(server, email)).toEqual(['set-password']);
      const { links, text } = await server.mailbox.waitFor(email);
      expect(links).toHaveLength(1);
      expect(text).not.toContain('null');
      expect(outcome(await signIn(email, ''))).toEqual(BAD_CREDENTIALS);
      const token = await mailedToken(server, email);
      const reset = await server.api.post('/api/password/reset', {
        token,
        reset: { plainPassword: PASSWORD },
      });
      expect(outcome(reset)).toEqual({ status: 200, body: { success: true } });
      expect((await signIn(email)).status).toBe(200);
    });

    it('knows no password and tells every fault at once', async () => {
      const [users, email] = [await rowsOf(server, 'users'), freshEmail()];
      expect(outcome(await post(nameAnd({ email, plainPassword: PASSWORD })))).toEqual(
        refusal(OTHER_FIELDS, {}, [EXTRA]),
      );
      expect(outcome(await post({ email: customer.email, levelId: {} }))).toEqual(
        refusal(OTHER_FIELDS, {
          firstName: [BLANK],
          lastName: [BLANK],
          email: [EMAIL_TAKEN],
          agreement1: [BLANK],
          levelId: [INVALID],
        }),
      );
      expect(await rowsOf(server, 'users')).toBe(users);
    });

    it('is for nobody else', async () => {
      const others = [manager, customer, registrar() === admin ? seller : admin];
      for (const { headers } of others) expect(outcome(await post({}, headers))).toEqual(FORBIDDEN);
      expect(outcome(await server.api.post(path, {}))).toEqual(UNAUTHENTICATED);
    });
  });

  describe('POST /api/admin/customer/{id}/activate and /deactivate', () => {
    it('let a new customer in without the mail, and shut him out with his next request', async () => {
      const email = freshEmail();
      const id = (await register({ email })).body.customerId as string;
      expect(outcome(await turn(id, 'activate'))).toEqual(DONE);
      const headers = await signInAt(server, 'customer', { uid: id, email, password: PASSWORD });
      expect((await server.api.get('/v1/me', headers)).status).toBe(200);
      const change = () => server.api.post('/api/customer/password/change', {}, headers);
      expect((await change()).status).toBe(400);

      expect(outcome(await turn(id.toUpperCase(), 'deactivate'))).toEqual(DONE);
      expect(outcome(await change())).toEqual(BAD_JWT);
      expect((await server.api.get('/v1/me', headers)).status).toBe(401);
      expect(outcome(await signIn(email))).toEqual(BAD_CREDENTIALS);
      expect(outcome(await turn(id, 'deactivate'))).toEqual(DONE);

      expect(outcome(await turn(id, 'activate'))).toEqual(DONE);
      expect(outcome(await change())).toEqual(BAD_JWT);
      expect((await signIn(email)).status).toBe(200);
    });

    it('know customers alone', async () => {
      for (const id of [UNKNOWN, 'nonsense', admin.uid, manager.uid, seller.uid]) {
        for (const to of ['activate', 'deactivate'] as const)
          expect(outcome(await turn(id, to))).toEqual(NOT_FOUND);
      }
      expect((await loginCheck(server, 'seller', seller.email, seller.password)).status).toBe(200);
    });

    it('ask for the right first', async () => {
      for (const id of [customer.uid, UNKNOWN]) {
        for (const caller of [manager, seller, customer]) {
          expect(outcome(await turn(id, 'deactivate', caller))).toEqual(FORBIDDEN);
          expect(outcome(await turn(id, 'activate', caller))).toEqual(FORBIDDEN);
        }
        const anonymous = await server.api.post(`/api/admin/customer/${id}/deactivate`);
        expect(outcome(anonymous)).toEqual(UNAUTHENTICATED);
      }
      expect((await signIn(customer.email)).status).toBe(200);
    });
  });

  describe('GET /api/customer/check', () => {
    const check = (name: string, { headers } = manager) =>
      server.api.get(`${CHECK}?emailOrPhone=${encodeURIComponent(name)}`, headers);

    it('finds exactly an address or a phone number of a customer, in whatever state', async () => {
      const email = freshEmail();
      await register({ email });
      for (const name of [email, email.toUpperCase(), '+48500100501']) {
        expect(outcome(await check(name))).toEqual({ status: 200, body: { total: 1 } });
      }
      const others = [
        'shopper@',
        'shopper@example.co',
        '48500100501',
        '47834433524',
        seller.email,
        admin.email,
        '%',
        'x',
      ];
      for (const name of others) {
        expect(outcome(await check(name))).toEqual({ status: 200, body: { total: 0 } });
      }
    });

    it('needs a name', async () => {
      const faulty = { status: 400, body: { error: { code: 400, message: 'Bad Request' } } };
      for (const query of ['', '?emailOrPhone=', '?emailOrPhone=a&emailOrPhone=b']) {
        expect(outcome(await server.api.get(`${CHECK}${query}`, manager.headers))).toEqual(faulty);
      }
    });

    it('is for who may view customers, so that nobody finds out who has an account', async () => {
      for (const caller of [seller, customer])
        expect(outcome(await check(customer.email, caller))).toEqual(FORBIDDEN);
      expect(outcome(await server.api.get(`${CHECK}?emailOrPhone=a`))).toEqual(UNAUTHENTICATED);
      expect(outcome(await server.api.get(CHECK))).toEqual(UNAUTHENTICATED);
    });
  });

  describe('GET /api/admin/analytics/customers', () => {
    it('counts customers of every state, as the example of the document asks', async () => {
      const total = async () =>
        ((await server.api.get(COUNT, manager.headers)).body as { total: number }).total;
      const before = await total();
      const id = (await register({ email: freshEmail() })).body.customerId as string;
      await register({ email: freshEmail() });
      await turn(id, 'deactivate');
      await makeMember(server, 'seller', { email: 'uncounted@example.com' });
      const form = { accept: 'application/json', 'content-type': 'application/x-www-form-urlencoded' };
      const answer = await server.api.get(COUNT, { ...form, ...manager.headers });
      expect(outcome(answer)).toEqual({ status: 200, body: { total: before + 2 } });
      expect((await server.api.get(COUNT, keyHeader(MASTER))).body).toEqual({ total: before + 2 });
    });

    it('is for who may view it', async () => {
      const other = await makeRole(server, admin, 'Customers only', [['CUSTOMER', 'MODIFY']]);
      const headers = await signInAt(server, 'admin', await hire(server, admin, { roles: [other] }));
      for (const caller of [seller, customer, { headers }]) {
        expect(outcome(await server.api.get(COUNT, caller.headers))).toEqual(FORBIDDEN);
      }
      expect(outcome(await server.api.get(COUNT))).toEqual(UNAUTHENTICATED);
    });
  });
});
