import { outcome } from '../../support/api.js';
import { mailedToken, mailsWrittenTo, PASSWORD, rowsOf } from '../../support/declared-people.js';
import { PUBLIC_URL, startTestGatehouse, type TestGatehouse } from '../../support/gatehouse.js';
import {
  BAD_CREDENTIALS,
  BLANK,
  EXTRA,
  formOf,
  INVALID,
  loginCheck,
  makeAdmin,
  makeMember,
  MASTER,
  NOT_FOUND,
  refusal,
  signInAt,
  UUID,
  type Member,
} from './people.js';

const SELF = '/api/customer/self_register';
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
const SELF_FIELDS = [...COMMON, 'invitationToken', 'plainPassword'];

describe('customers', () => {
  let server: TestGatehouse;
  let admin: Member;
  let customer: Member;
  let count = 0;
  const freshEmail = () => `customer-${++count}@example.com`;

  beforeAll(async () => {
    server = await startTestGatehouse({ MASTER_API_KEY: MASTER });
    admin = await makeAdmin(server, 'admin');
    await makeMember(server, 'seller', { email: 'seller@example.com', phone: '+48500100500' });
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
  const activate = (token: string) => server.api.post(`/api/customer/activate/${token}`);
  const turn = (id: string, to: 'activate' | 'deactivate', { headers } = admin) =>
    server.api.post(`/api/admin/customer/${id}/${to}`, undefined, headers);

  describe('POST /api/customer/self_register', () => {
    it('makes an inactive customer, who signs in once he has redeemed the mailed token', async () => {
      const answer = await server.api.post(
        SELF,
        formOf('customer', {
          firstName: 'Ada',
          lastName: 'Young',
          email: 'Ada@Example.com',
          phone: '+48500100502',
          loyaltyCardNumber: '47834433599',
          gender: 'female',
          birthDate: '1990-02-28',
          agreement1: '1',
          plainPassword: PASSWORD,
        }),
      );
      expect(outcome(answer)).toEqual(made('ada@example.com'));
      expect(outcome(await signIn('ada@example.com'))).toEqual(BAD_CREDENTIALS);
      const { links } = await server.mailbox.waitFor('ada@example.com');
      expect(links).toEqual([
        expect.stringMatching(new RegExp(`^${PUBLIC_URL}/c/confirm-user-email/[0-9a-f-]{36}$`)),
      ]);
      expect(await mailsWrittenTo(server, 'ada@example.com')).toEqual(['confirm-email']);

      const activated = await activate(await mailedToken(server, 'ada@example.com'));
      expect(outcome(activated)).toEqual(DONE);
      expect(activated.headers.get('content-type')).toMatch('application/json');
      for (const name of ['ada@example.com', '47834433599', '+48500100502', 'ADA@example.com']) {
        expect((await signIn(name)).status).toBe(200);
      }
      const headers = await signInAt(server, 'customer', {
        uid: '',
        email: '47834433599',
        password: PASSWORD,
      });
      expect((await server.api.get('/v1/me', headers)).body).toMatchObject({
        id: answer.body.customerId,
        type: 'customer',
        level: 'member',
        firstName: 'Ada',
        emailConfirmed: true,
      });
    });

    it('takes JSON with groups', async () => {
      const email = freshEmail();
      const answer = await register({
        email,
        agreement1: true,
        address: { street: 'Main', city: 'Wroclaw' },
        company: { name: 'ACME', nip: '123' },
        labels: 'a:b',
      });
      expect(outcome(answer)).toEqual(made(email));
    });

    it('tells every fault at once, makes nothing and mails nobody', async () => {
      const [users, mails] = [await rowsOf(server, 'users'), await rowsOf(server, 'outbox')];
      const answer = await server.api.post(SELF, {
        customer: {
          gender: 'robot',
          email: 'nonsense',
          phone: '12 34',
          birthDate: '1990-02-31x',
          address: 'text',
          plainPassword: 'short',
          level: 'superuser',
        },
      });
      expect(outcome(answer)).toEqual(
        refusal(
          SELF_FIELDS,
          {
            firstName: [BLANK],
            lastName: [BLANK],
            gender: [INVALID],
            email: [INVALID],
            phone: ['Incorrect phone number format, use 00000000000.'],
            birthDate: [INVALID],
            address: [INVALID],
            agreement1: [BLANK],
            plainPassword: ['Your password must be at least 8 characters long.'],
          },
          [EXTRA],
        ),
      );
      expect(outcome(await server.api.post(SELF))).toEqual(
        refusal(SELF_FIELDS, {
          firstName: [BLANK],
          lastName: [BLANK],
          email: [BLANK],
          agreement1: [BLANK],
          plainPassword: [BLANK],
        }),
      );
      expect([await rowsOf(server, 'users'), await rowsOf(server, 'outbox')]).toEqual([users, mails]);
    });

    it.each(['1990-02-31', '1990-13-01', '90-01-01', '1990-01-01T00:00'])(
      'knows that %s is no day',
      async (birthDate) => {
        expect(outcome(await register({ email: freshEmail(), birthDate }))).toEqual(
          refusal(SELF_FIELDS, { birthDate: [INVALID] }),
        );
      },
    );

    it('refuses what another has, whoever it is, and tells the owner of the address', async () => {
      const taken = await register({
        email: customer.email.toUpperCase(),
        phone: '+48500100500',
        loyaltyCardNumber: '47834433524',
      });
      expect(outcome(taken)).toEqual(
        refusal(SELF_FIELDS, {
          email: [EMAIL_TAKEN],
          phone: ['Customer with such phone already exists.'],
          loyaltyCardNumber: ['Customer with such loyalty card number already exists.'],
        }),
      );
      expect(await mailsWrittenTo(server, customer.email)).toEqual(['already-registered']);
      await register({ email: customer.email });
      expect(await mailsWrittenTo(server, customer.email)).toEqual(['already-registered']);
      expect((await signIn(customer.email)).status).toBe(200);
    });

    it('lets one of two win who register with one address at the same time', async () => {
      const email = freshEmail();
      const answers = await Promise.all([register({ email }), register({ email })]);
      expect(answers.map(outcome)).toEqual(
        expect.arrayContaining([made(email), refusal(SELF_FIELDS, { email: [EMAIL_TAKEN] })]),
      );
    });
  });

  describe('POST /api/customer/activate/{token}', () => {
    it('works once and only by POST', async () => {
      const email = freshEmail();
      await register({ email });
      const token = await mailedToken(server, email);
      const looked = await server.api.get(`/api/customer/activate/${token}`);
      expect({ status: looked.status, allow: looked.headers.get('allow') }).toEqual({
        status: 405,
        allow: 'POST',
      });
      expect(outcome(await signIn(email))).toEqual(BAD_CREDENTIALS);
      expect(outcome(await activate(token))).toEqual(DONE);
      expect(outcome(await activate(token))).toEqual(NOT_FOUND);
      expect((await signIn(email)).status).toBe(200);
    });

    it.each([UNKNOWN, 'nonsense', '%F0%9F%98%80'])('answers 404 for %s', async (token) => {
      expect(outcome(await activate(token))).toEqual(NOT_FOUND);
    });

    it('does not bring back a customer who was shut out before', async () => {
      const email = freshEmail();
      const id = (await register({ email })).body.customerId as string;
      const token = await mailedToken(server, email);
      expect(outcome(await turn(id, 'deactivate'))).toEqual(DONE);
      expect(outcome(await activate(token))).toEqual(NOT_FOUND);
      expect(outcome(await signIn(email))).toEqual(BAD_CREDENTIALS);
    });

    it('nor one who was shut out after', async () => {
      const email = freshEmail();
      const id = (await register({ email })).body.customerId as string;
      const token = await mailedToken(server, email);
      await activate(token);
      await turn(id, 'deactivate');
      expect(outcome(await activate(token))).toEqual(NOT_FOUND);
      expect(outcome(await signIn(email))).toEqual(BAD_CREDENTIALS);
    });
  });
});
