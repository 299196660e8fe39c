import { DeclareClients } from '../../src/accounts/declare-clients.service.js';
import { UnitOfWork } from '../../src/database/unit-of-work.js';
import { outcome } from '../support/api.js';
import { mailedToken, mailsWrittenTo, makePerson, PASSWORD, rowsOf } from '../support/declared-people.js';
import { startTestGatehouse, type TestGatehouse } from '../support/gatehouse.js';
import {
  INVALID,
  loginCheck,
  makeAdmin,
  makeRole,
  ROLE,
  roleForm,
  TAKEN,
  type Member,
} from '../surfaces/open-loyalty/people.js';

const SELF = '/api/customer/self_register';
const RESET = '/api/password/reset/request';
const SUCCESS = { status: 200, body: { success: true } };
const CLIENT = { name: 'shop', secret: 'a-secret-of-the-shop' };

/** Text that costs more than linear time to normalise, which makes seconds of one request. */
const OVER_LONG: [string, string][] = [
  [
    'an address of 200,000 characters of many scripts',
    `a@${Array.from({ length: 200_000 }, (_, at) => String.fromCharCode(0x4e00 + (at % 20_000))).join('')}`,
  ],
  ['a letter with 60,000 combining marks', `a${'\u0301\u0323'.repeat(30_000)}`],
];

/** Who is named costs and tells nothing, however he is spelt; a name is nobody's but its owner's. */
describe('identifiers', () => {
  let server: TestGatehouse;
  let root: Member;
  let count = 0;

  beforeAll(async () => {
    server = await startTestGatehouse();
    root = await makeAdmin(server, 'superuser', { name: 'reporter-1' });
    const clients = await server.get(DeclareClients).prepare([
      {
        kind: 'OAuthClient',
        name: CLIENT.name,
        secrets: [CLIENT.secret],
        grants: ['password'],
        scopes: [],
        disabled: false,
      },
    ]);
    await server.get(UnitOfWork).run((tx) => clients.apply(tx));
  });
  afterAll(() => server.stop());

  const freshEmail = () => `person-${++count}@example.com`;
  const register = (fields: object) =>
    server.api.post(SELF, {
      customer: {
        firstName: 'Ada',
        lastName: 'Young',
        agreement1: 1,
        plainPassword: PASSWORD,
        email: freshEmail(),
        ...fields,
      },
    });
  const reset = (username: string) => server.api.post(RESET, { username });
  /** How many rows somebody's wish for a new password has written by now, of each kind. */
  const written = async () => ({
    mails: await rowsOf(server, 'outbox'),
    tokens: await rowsOf(server, 'one_time_tokens'),
  });

  describe.each(OVER_LONG)('of excessive length: %s', (_what, name) => {
    const password = PASSWORD;
    const doors: [string, (name: string) => ReturnType<typeof reset>][] = [
      ['POST /api/customer/login_check', (name) => loginCheck(server, 'customer', name, password)],
      ['POST /api/password/reset/request', reset],
      [
        'POST /api/stable/auth/login',
        (username) => server.api.post('/api/stable/auth/login', { username, password }),
      ],
      [
        'POST /api/oauth/token',
        (username) =>
          server.api.post('/api/oauth/token', {
            grant_type: 'password',
            client_id: CLIENT.name,
            client_secret: CLIENT.secret,
            username,
            password,
          }),
      ],
      ['POST /api/login', (username) => server.api.post('/api/login', { username, password })],
    ];

    it.each(doors)('are nobody’s at %s', async (_door, ask) => {
      const unknown = outcome(await ask('nobody@example.com'));
      expect(unknown.status).toBeLessThan(500);
      expect(outcome(await ask(name))).toEqual(unknown);
    });

    it(`are no addresses at POST ${SELF}`, async () => {
      const before = await rowsOf(server, 'users');
      const { status, body } = await register({ email: name });
      expect({ status, email: body.form.children.email }).toEqual({
        status: 400,
        email: { errors: [INVALID] },
      });
      expect(await rowsOf(server, 'users')).toBe(before);
    });
  });

  it.each([
    ['an e-mail address', 'victim@example.com'],
    ['the user name of another', 'reporter-1'],
    ['a user name that nobody has yet', 'reporter-2'],
    ['text that grows when it is normalised', '\ufdfa'.repeat(40)],
  ])('cannot be occupied as a loyalty card: %s', async (_what, loyaltyCardNumber) => {
    const before = [await rowsOf(server, 'users'), await rowsOf(server, 'outbox')];
    const { status, body } = await register({ loyaltyCardNumber });
    expect({ status, card: body.form?.children.loyaltyCardNumber }).toEqual({
      status: 400,
      card: { errors: [INVALID] },
    });
    expect([await rowsOf(server, 'users'), await rowsOf(server, 'outbox')]).toEqual(before);
  });

  it.each([
    ['601 units of emoji', `x${'\u{1f600}'.repeat(300)}`],
    ['an emoji across the 254th unit', `${'x'.repeat(253)}\u{1f600}`],
  ])('are not cut through a character when a reset is asked for: %s', async (_what, name) => {
    expect(outcome(await reset(name))).toEqual(SUCCESS);
    expect(outcome(await server.api.post(`/api/customer${RESET.slice(4)}`, { username: name }))).toEqual(
      SUCCESS,
    );
  });

  describe('of roles', () => {
    const names = ['Super admin', 'super admin', 'SUPER ADMIN', 'Full Admin', 'reporter admin'];
    const refused = { status: 400, name: { errors: [TAKEN] } };
    const nameFault = ({ status, body }: Awaited<ReturnType<typeof reset>>) => ({
      status,
      name: body.form?.children.name as unknown,
    });

    it.each(names)('do not pretend to be built in: %s', async (name) => {
      const role = roleForm(name, [['ADMIN', 'VIEW']]);
      const id = await makeRole(server, root, `Free ${++count}`, [['ADMIN', 'VIEW']]);
      const { body: before } = await server.api.get(ROLE, root.headers);
      expect(nameFault(await server.api.post(ROLE, role, root.headers))).toEqual(refused);
      const renamed = await server.api.send('PUT', `${ROLE}/${id}`, role, root.headers);
      expect(nameFault(renamed)).toEqual(refused);
      expect((await server.api.get(ROLE, root.headers)).body).toEqual(before);
    });
  });

  it('do not tell by what is written whether they are known, when they are asked for twice within a minute', async () => {
    const email = freshEmail();
    const [phone, loyaltyCardNumber] = ['+48500100777', '47834433777'];
    await makePerson(server, { email, phone, loyaltyCardNumber });
    const rowsOfAsking = async (name: string) => {
      const before = await written();
      expect(outcome(await reset(name))).toEqual(SUCCESS);
      const after = await written();
      return { mails: after.mails - before.mails, tokens: after.tokens - before.tokens };
    };
    const first = await rowsOfAsking(email);
    expect(first).toEqual(await rowsOfAsking('unheard-of@example.com'));
    const unknown = [
      await rowsOfAsking('unheard-of@example.com'),
      await rowsOfAsking('+48500100778'),
      await rowsOfAsking('47834433778'),
    ];
    const known = [
      await rowsOfAsking(email),
      await rowsOfAsking(phone),
      await rowsOfAsking(loyaltyCardNumber),
    ];
    expect(known).toEqual(unknown);
    // One mail went out, and what it links to still counts.
    expect(await mailsWrittenTo(server, email)).toContain('reset-password');
    const token = await mailedToken(server, email);
    expect(await server.mailbox.to(email)).toHaveLength(1);
    const redeemed = await server.api.post('/api/password/reset', {
      token,
      reset: { plainPassword: 'a new safe password 1' },
    });
    expect(outcome(redeemed)).toEqual(SUCCESS);
  });
});
