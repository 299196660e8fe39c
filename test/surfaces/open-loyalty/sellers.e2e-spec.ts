import { outcome } from '../../support/api.js';
import { mailedToken, mailsWrittenTo, PASSWORD, rowsOf } from '../../support/declared-people.js';
import { startTestGatehouse, type TestGatehouse } from '../../support/gatehouse.js';
import {
  BAD_CREDENTIALS,
  BAD_JWT,
  BLANK,
  EXTRA,
  FORBIDDEN,
  formOf,
  keyHeader,
  loginCheck,
  makeAdmin,
  makeMember,
  MASTER,
  NOT_FOUND,
  refusal,
  signInAt,
  UNAUTHENTICATED,
  UUID,
  type Member,
} from './people.js';

const REGISTER = '/api/seller/register';
const FIELDS = [
  'firstName',
  'lastName',
  'phone',
  'email',
  'plainPassword',
  'active',
  'posId',
  'allowPointTransfer',
] as const;
const DONE = { status: 200, body: '' };
const INACTIVE = { status: 400, body: { message: 'Your account is not active' } };
const UNKNOWN = '49297d80-e924-479a-8fcc-27e15f7a12e7';

describe('sellers', () => {
  let server: TestGatehouse;
  let admin: Member;
  let manager: Member;
  let seller: Member;
  let customer: Member;
  let count = 0;
  const freshEmail = () => `seller-${++count}@example.com`;

  beforeAll(async () => {
    server = await startTestGatehouse({ MASTER_API_KEY: MASTER });
    admin = await makeAdmin(server, 'admin');
    manager = await makeAdmin(server, 'manager');
    seller = await makeMember(server, 'seller', { email: 'shop@example.com' });
    customer = await makeMember(server, 'customer', { email: 'customer@example.com' });
  });
  afterAll(() => server.stop());

  const fieldsOf = (email: string, fields: object = {}) => ({
    firstName: 'Sam',
    lastName: 'Shop',
    email,
    posId: UNKNOWN,
    active: 1,
    ...fields,
  });
  const register = (fields: unknown, { headers } = admin) =>
    server.api.post(REGISTER, { seller: fields }, headers);
  const made = (email: string) => ({
    status: 200,
    body: { sellerId: expect.stringMatching(UUID) as string, email },
  });
  const signIn = (name: string, password = PASSWORD) => loginCheck(server, 'seller', name, password);
  const turn = (id: string, to: 'activate' | 'deactivate', { headers } = admin) =>
    server.api.post(`/api/seller/${id}/${to}`, undefined, headers);
  const setPassword = async (email: string) =>
    server.api.post('/api/password/reset', {
      token: await mailedToken(server, email),
      reset: { plainPassword: PASSWORD },
    });

  describe('POST /api/seller/register', () => {
    it('makes a seller who sets his password by the mailed link; none is made up or told', async () => {
      const email = freshEmail();
      const form = formOf('seller', {
        firstName: 'Sam',
        lastName: 'Shop',
        email: email.toUpperCase(),
        phone: '+48500100600',
        posId: UNKNOWN,
        active: '1',
        allowPointTransfer: '0',
      });
      const answer = await server.api.post(REGISTER, form, admin.headers);
      expect(outcome(answer)).toEqual(made(email));
      expect(await mailsWrittenTo(server, email)).toEqual(['set-password']);
      expect((await setPassword(email)).status).toBe(200);
      expect((await signIn(email)).status).toBe(200);
      expect((await signIn('+48500100600')).status).toBe(200);
      const headers = await signInAt(server, 'seller', { uid: '', email, password: PASSWORD });
      expect((await server.api.get('/v1/me', headers)).body).toMatchObject({
        id: answer.body.sellerId,
        type: 'seller',
        level: 'member',
      });
    });

    it('takes a password of his maker, tells it to nobody and mails nothing', async () => {
      const email = freshEmail();
      const answer = await register(fieldsOf(email, { plainPassword: PASSWORD }));
      expect(outcome(answer)).toEqual(made(email));
      expect(await mailsWrittenTo(server, email)).toEqual([]);
      expect((await signIn(email)).status).toBe(200);
      expect(server.log().includes(PASSWORD)).toBe(false);
    });

    it('leaves one who is not to be active out, until he is', async () => {
      const email = freshEmail();
      const { body } = await register(fieldsOf(email, { active: 0 }));
      expect(await mailsWrittenTo(server, email)).toEqual(['set-password']);
      expect(outcome(await setPassword(email))).toEqual(NOT_FOUND);
      expect(outcome(await signIn(email))).toEqual(BAD_CREDENTIALS);
      expect(outcome(await turn(body.sellerId as string, 'activate'))).toEqual(DONE);
      expect((await setPassword(email)).status).toBe(200);
      expect((await signIn(email)).status).toBe(200);
    });

    it('tells every fault at once and makes nothing', async () => {
      const users = await rowsOf(server, 'users');
      const faulty = { email: customer.email, phone: 'x', plainPassword: 'short', active: 1, deleted: 1 };
      expect(outcome(await register(faulty))).toEqual(
        refusal(
          FIELDS,
          {
            firstName: [BLANK],
            lastName: [BLANK],
            phone: ['Incorrect phone number format, use +00000000000'],
            email: ['This email is already taken'],
            plainPassword: ['Your password must be at least 8 characters long.'],
          },
          [EXTRA],
        ),
      );
      expect(await rowsOf(server, 'users')).toBe(users);
    });

    it('asks for the right to change sellers before anything else', async () => {
      for (const caller of [manager, seller, customer]) {
        expect(outcome(await register({ nonsense: 1 }, caller))).toEqual(FORBIDDEN);
        expect(outcome(await register(fieldsOf(freshEmail()), caller))).toEqual(FORBIDDEN);
      }
      expect(outcome(await server.api.post(REGISTER, {}))).toEqual(UNAUTHENTICATED);
      const email = freshEmail();
      expect(outcome(await register(fieldsOf(email), { ...admin, headers: keyHeader(MASTER) }))).toEqual(
        made(email),
      );
    });
  });

  describe('POST /api/seller/{id}/activate and /deactivate', () => {
    it('shut him out with his next request and let him in again, without his old sessions', async () => {
      const email = freshEmail();
      const id = (await register(fieldsOf(email, { plainPassword: PASSWORD }))).body.sellerId as string;
      const headers = await signInAt(server, 'seller', { uid: id, email, password: PASSWORD });
      const registerOne = () => server.api.post('/api/seller/customer/register', {}, headers);
      expect((await registerOne()).status).toBe(400);

      const deactivated = await turn(id.toUpperCase(), 'deactivate');
      expect(outcome(deactivated)).toEqual(DONE);
      expect(deactivated.headers.get('content-type')).toMatch('application/json');
      expect(outcome(await registerOne())).toEqual(BAD_JWT);
      expect(outcome(await turn(id, 'deactivate'))).toEqual(DONE);

      expect(outcome(await turn(id, 'activate'))).toEqual(DONE);
      expect(outcome(await registerOne())).toEqual(BAD_JWT);
      expect((await signIn(email)).status).toBe(200);
    });

    it('know sellers alone', async () => {
      for (const id of [UNKNOWN, 'nonsense', admin.uid, customer.uid]) {
        for (const to of ['activate', 'deactivate'] as const)
          expect(outcome(await turn(id, to))).toEqual(NOT_FOUND);
      }
      expect((await loginCheck(server, 'customer', customer.email, customer.password)).status).toBe(200);
    });

    it('ask for the right first', async () => {
      for (const id of [seller.uid, UNKNOWN]) {
        for (const caller of [manager, seller, customer]) {
          expect(outcome(await turn(id, 'deactivate', caller))).toEqual(FORBIDDEN);
          expect(outcome(await turn(id, 'activate', caller))).toEqual(FORBIDDEN);
        }
        expect(outcome(await server.api.post(`/api/seller/${id}/deactivate`))).toEqual(UNAUTHENTICATED);
      }
      expect((await signIn(seller.email)).status).toBe(200);
    });
  });

  describe('POST /api/seller/login_check', () => {
    it('tells an inactive seller so, once his password is right', async () => {
      const email = freshEmail();
      const id = (await register(fieldsOf(email, { plainPassword: PASSWORD }))).body.sellerId as string;
      await turn(id, 'deactivate');
      expect(outcome(await signIn(email))).toEqual(INACTIVE);
      expect(outcome(await signIn(email, 'wrong password 1'))).toEqual(BAD_CREDENTIALS);
      for (const type of ['customer', 'admin'] as const) {
        expect(outcome(await loginCheck(server, type, email, PASSWORD))).toEqual(BAD_CREDENTIALS);
      }
    });
  });
});
