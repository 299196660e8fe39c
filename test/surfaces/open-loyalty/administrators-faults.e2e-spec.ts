import { outcome } from '../../support/api.js';
import { makePerson, rowsOf } from '../../support/declared-people.js';
import { startTestGatehouse, type TestGatehouse } from '../../support/gatehouse.js';
import {
  ADMIN_FIELDS,
  BLANK,
  DATA,
  EXTRA,
  FORBIDDEN,
  formOf,
  INVALID,
  loginCheck,
  makeAdmin,
  makeMember,
  makeRole,
  MASTER,
  refusal,
  TAKEN,
  UNAUTHENTICATED,
  UUID,
  type Member,
} from './people.js';

const MADE = { status: 200, body: { adminId: expect.stringMatching(UUID) as string } };
const PHONE = 'Incorrect phone number format, use +00000000000';
const SHORT = 'This value is too short. It should have 16 characters or more.';

describe('POST /api/admin/data, refused', () => {
  let server: TestGatehouse;
  let superuser: Member;
  let admin: Member;
  let manager: Member;
  let count = 0;
  const freshEmail = () => `new-${++count}@example.com`;
  const freshKey = () => `permanent-token-${++count}`;

  beforeAll(async () => {
    server = await startTestGatehouse({
      MASTER_API_KEY: MASTER,
      PASSWORD_MIN_DIGITS: '1',
      PASSWORD_MIN_SPECIAL: '1',
    });
    superuser = await makeAdmin(server, 'superuser');
    admin = await makeAdmin(server, 'admin');
    manager = await makeAdmin(server, 'manager');
  });
  afterAll(() => server.stop());

  const create = (fields: unknown, headers = admin.headers) =>
    server.api.post(DATA, { admin: fields }, headers);

  it('tells the faults of the document’s example together, as it shows them', async () => {
    const answer = await server.api.post(
      DATA,
      formOf('admin', { email: admin.email.toUpperCase(), external: '1', isActive: '1' }),
      admin.headers,
    );
    expect(outcome(answer)).toEqual(refusal(ADMIN_FIELDS, { email: [TAKEN], apiKey: [BLANK] }));
    expect(Object.keys(answer.body.form.children as object)).toEqual(ADMIN_FIELDS);
  });

  it('tells every fault of every field at once and makes nothing', async () => {
    const users = await rowsOf(server, 'users');
    const answer = await create({
      firstName: 'x'.repeat(151),
      lastName: ['x'],
      phone: '12 34',
      email: 'nonsense',
      plainPassword: 'short',
      external: true,
      apiKey: '123456',
      isActive: { a: 1 },
      roles: [],
      level: 'superuser',
    });
    expect(outcome(answer)).toEqual(
      refusal(
        ADMIN_FIELDS,
        {
          firstName: ['This value is too long.'],
          lastName: [INVALID],
          phone: [PHONE],
          email: [INVALID],
          plainPassword: [
            'Your password must be at least 8 characters long.',
            'Your password must include at least one number.',
            'Your password must contain at least one special character.',
          ],
          apiKey: [SHORT],
          isActive: [INVALID],
          roles: ['This collection should contain exactly 1 element.'],
        },
        [EXTRA],
      ),
    );
    expect(await rowsOf(server, 'users')).toBe(users);
  });

  it.each([
    ['an empty form', {}, { email: [BLANK], plainPassword: [BLANK] }],
    ['no form at all', undefined, { email: [BLANK], plainPassword: [BLANK] }],
    ['external without a token', { email: 'a@b.example', external: '1' }, { apiKey: [BLANK] }],
    [
      'a password that is only blank text',
      { email: 'a@b.example', plainPassword: '' },
      { plainPassword: [BLANK] },
    ],
    [
      'a phone without digits',
      { phone: '+abc', plainPassword: 'Secret-1', email: 'a@b.example' },
      { phone: [PHONE] },
    ],
    [
      'a phone with two signs',
      { phone: '++48500100200', plainPassword: 'Secret-1', email: 'a@b.example' },
      { phone: [PHONE] },
    ],
    [
      'a role that there is not',
      { roles: ['nonsense'], plainPassword: 'Secret-1', email: 'a@b.example' },
      { roles: [INVALID] },
    ],
    [
      'two roles',
      { roles: ['a', 'b'], plainPassword: 'Secret-1', email: 'a@b.example' },
      { roles: ['This collection should contain exactly 1 element.'] },
    ],
  ])('refuses %s', async (_, fields, faults) => {
    const users = await rowsOf(server, 'users');
    expect(outcome(await create(fields))).toEqual(refusal(ADMIN_FIELDS, faults));
    expect(await rowsOf(server, 'users')).toBe(users);
  });

  it('refuses an extra field beside sound ones, with an error of the form, and makes nothing', async () => {
    const email = freshEmail();
    const fields = { email, plainPassword: 'Secret-1', isActive: '1', createAt: 'now' };
    for (const body of [{ admin: fields }, formOf('admin', fields)]) {
      expect(outcome(await server.api.post(DATA, body, admin.headers))).toEqual(
        refusal(ADMIN_FIELDS, {}, [EXTRA]),
      );
    }
    expect(outcome(await create({ email, plainPassword: 'Secret-1' }))).toEqual(MADE);
  });

  it('refuses something that is no form', async () => {
    expect(outcome(await create('text'))).toEqual(
      refusal(ADMIN_FIELDS, { email: [BLANK], plainPassword: [BLANK] }, [INVALID]),
    );
  });

  it('asks for permission before it looks at anything', async () => {
    const customer = await makeMember(server, 'customer', { email: 'customer@example.com' });
    const seller = await makeMember(server, 'seller', { email: 'seller@example.com' });
    const viewer = await makeRole(server, superuser, 'Staff viewer', [['ADMIN', 'VIEW']]);
    const free = await makeAdmin(server, 'member');
    await create({ email: 'viewer@example.com', plainPassword: 'Secret-1', isActive: 1, roles: [viewer] });
    const token = (await loginCheck(server, 'admin', 'viewer@example.com', 'Secret-1')).body.token as string;
    for (const body of [
      {},
      { email: admin.email, external: 1 },
      { email: freshEmail(), plainPassword: 'Secret-1' },
    ]) {
      for (const { headers } of [
        customer,
        seller,
        manager,
        free,
        { headers: { authorization: `Bearer ${token}` } },
      ]) {
        expect(outcome(await create(body, headers))).toEqual(FORBIDDEN);
      }
      expect(outcome(await server.api.post(DATA, { admin: body }))).toEqual(UNAUTHENTICATED);
    }
  });

  it('finds an address in whatever spelling, whoever has it', async () => {
    await makePerson(server, { email: 'shopper@example.com' });
    for (const email of ['SHOPPER@example.com', ' shopper@EXAMPLE.com ', superuser.email, 'person-1']) {
      const answer = await create({ email, plainPassword: 'Secret-1' });
      const fault = email === 'person-1' ? INVALID : TAKEN;
      expect(outcome(answer)).toEqual(refusal(ADMIN_FIELDS, { email: [fault] }));
    }
  });

  it('takes no token that is short, in use, the configured one, or no header could carry', async () => {
    const inUse = freshKey();
    await create({ email: freshEmail(), external: 1, apiKey: inUse, isActive: 1 });
    const faults = {
      'fifteen-letters': SHORT,
      [inUse]: TAKEN,
      [MASTER]: TAKEN,
      'blank inside the token': INVALID,
      'żółć-żółć-żółć-żółć': INVALID,
      [`ghk_${'0'.repeat(48)}`]: INVALID,
    };
    for (const [apiKey, fault] of Object.entries(faults)) {
      const answer = await create({ email: freshEmail(), external: 1, apiKey, isActive: 1 });
      expect(outcome(answer)).toEqual(refusal(ADMIN_FIELDS, { apiKey: [fault] }));
    }
    const shortest = await create({
      email: freshEmail(),
      external: 1,
      apiKey: 'sixteen--letters',
      isActive: 1,
    });
    expect(outcome(shortest)).toEqual(MADE);
  });
});
