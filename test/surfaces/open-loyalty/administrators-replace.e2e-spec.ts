import { outcome } from '../../support/api.js';
import { mailsWrittenTo } from '../../support/declared-people.js';
import { PUBLIC_URL, startTestGatehouse, type TestGatehouse } from '../../support/gatehouse.js';
import {
  ADMIN_FIELDS,
  adminBody,
  BLANK,
  DATA,
  EXTRA,
  FORBIDDEN,
  formOf,
  FULL_ADMIN,
  hire,
  INVALID,
  keyHeader,
  LIST,
  loginCheck,
  makeAdmin,
  makeMember,
  makeRole,
  MASTER,
  NOT_FOUND,
  refusal,
  roleIdOf,
  signInAt,
  TAKEN,
  UNAUTHENTICATED,
  type Member,
} from './people.js';

const OTHER = 'another password 2';

describe('PUT /api/admin/data/{id}', () => {
  let server: TestGatehouse;
  let superuser: Member;
  let admin: Member;
  let manager: Member;
  let count = 0;
  const freshKey = () => `permanent-token-${++count}`;

  beforeAll(async () => {
    server = await startTestGatehouse({ MASTER_API_KEY: MASTER });
    superuser = await makeAdmin(server, 'superuser');
    admin = await makeAdmin(server, 'admin');
    manager = await makeAdmin(server, 'manager');
  });
  afterAll(() => server.stop());

  const put = (id: string, fields: unknown, headers = admin.headers) =>
    server.api.send('PUT', `${DATA}/${id}`, { admin: fields }, headers);
  const show = async (id: string) => (await server.api.get(`${DATA}/${id}`, admin.headers)).body as object;
  const statusOf = async (headers: Record<string, string>) => (await server.api.get(LIST, headers)).status;
  const done = (id: string) => ({ status: 200, body: { adminId: id } });

  it('replaces everything: what is left out is gone, but not the role', async () => {
    const full = await roleIdOf(server, admin, 'Full admin');
    const { uid, email } = await hire(server, admin, {
      firstName: 'Ada',
      lastName: 'Young',
      phone: '+48500100300',
      roles: [full],
    });
    const answer = await server.api.send(
      'PUT',
      `${DATA}/${uid}`,
      formOf('admin', { email, isActive: '1' }),
      admin.headers,
    );
    expect(outcome(answer)).toEqual(done(uid));
    expect(await show(uid)).toEqual(adminBody(uid, email, { roles: [FULL_ADMIN] }));
    const reporter = await roleIdOf(server, admin, 'Reporter admin');
    const again = {
      email,
      firstName: 'Eve',
      lastName: 'Vane',
      phone: '500100301',
      isActive: true,
      roles: [reporter],
    };
    expect(outcome(await put(uid.toUpperCase(), again))).toEqual(done(uid));
    expect(await show(uid)).toEqual(
      adminBody(uid, email, { firstName: 'Eve', lastName: 'Vane', phone: '500100301' }),
    );
  });

  it('lets his own address, phone and token be given again', async () => {
    const apiKey = freshKey();
    const fields = { phone: '+48500100302', external: 1, apiKey, isActive: 1 };
    const { uid, email } = await hire(server, admin, fields);
    expect(outcome(await put(uid, { ...fields, email: email.toUpperCase() }))).toEqual(done(uid));
    expect(await show(uid)).toEqual(adminBody(uid, email, { phone: '+48500100302', external: true }));
    expect(await statusOf(keyHeader(apiKey))).toBe(200);
    expect(await mailsWrittenTo(server, email)).toEqual([]);
  });

  it('tells all faults together and changes nothing', async () => {
    const person = await hire(server, admin, { firstName: 'Ada' });
    const headers = await signInAt(server, 'admin', person);
    const answer = await put(person.uid, {
      email: superuser.email,
      firstName: 'Eve',
      phone: 'x',
      plainPassword: 'short',
      external: 1,
      roles: ['nonsense'],
      username: 'x',
    });
    expect(outcome(answer)).toEqual(
      refusal(
        ADMIN_FIELDS,
        {
          phone: ['Incorrect phone number format, use +00000000000'],
          email: [TAKEN],
          plainPassword: ['Your password must be at least 8 characters long.'],
          apiKey: [BLANK],
          roles: [INVALID],
        },
        [EXTRA],
      ),
    );
    expect(await show(person.uid)).toEqual(adminBody(person.uid, person.email, { firstName: 'Ada' }));
    expect(await statusOf(headers)).toBe(200);
  });

  it('changes the address at once and tells the old one', async () => {
    const person = await hire(server, admin);
    const headers = await signInAt(server, 'admin', person);
    const address = 'moved@staff.example';
    expect(outcome(await put(person.uid, { email: address, isActive: 1 }))).toEqual(done(person.uid));
    expect(await show(person.uid)).toEqual(adminBody(person.uid, address));
    expect(await mailsWrittenTo(server, person.email)).toEqual(['email-changed']);
    expect(await mailsWrittenTo(server, address)).toEqual([]);
    expect(await statusOf(headers)).toBe(200);
    expect((await loginCheck(server, 'admin', address, person.password)).status).toBe(200);
    expect((await loginCheck(server, 'admin', person.email, person.password)).status).toBe(401);
  });

  describe('who may', () => {
    it('edits nobody above himself, and gives nothing that he does not have', async () => {
      const master = await roleIdOf(server, admin, 'Super admin');
      const { uid, email } = await hire(server, admin);
      const reach = { email: superuser.email, plainPassword: OTHER, isActive: 1 };
      expect(outcome(await put(superuser.uid, reach))).toEqual(FORBIDDEN);
      expect(outcome(await put(superuser.uid, { nonsense: 1 }))).toEqual(FORBIDDEN);
      expect(outcome(await put(uid, { email, isActive: 1, roles: [master] }))).toEqual(
        refusal(ADMIN_FIELDS, { roles: [INVALID] }),
      );
      expect(await statusOf(superuser.headers)).toBe(200);
      expect(outcome(await put(uid, { email, isActive: 1, roles: [master] }, superuser.headers))).toEqual(
        done(uid),
      );
      expect(outcome(await put(uid, { email, isActive: 1 }))).toEqual(FORBIDDEN);
    });

    it('with a free role edits only who has no right beside his own', async () => {
      const recruiter = await makeRole(server, superuser, 'Recruiter', [['ADMIN', 'MODIFY']]);
      const cashier = await makeRole(server, superuser, 'Cashier', [['POS', 'VIEW']]);
      const one = await hire(server, superuser, { roles: [recruiter] });
      const headers = await signInAt(server, 'admin', one);
      const twin = await hire(server, superuser, { roles: [recruiter] });
      const other = await hire(server, superuser, { roles: [cashier] });
      for (const { uid, email } of [other, manager, admin, superuser]) {
        expect(outcome(await put(uid, { email, isActive: 1 }, headers))).toEqual(FORBIDDEN);
      }
      expect(outcome(await put(twin.uid, { email: twin.email, isActive: 1 }, headers))).toEqual(
        done(twin.uid),
      );
      const raised = { email: twin.email, isActive: 1, roles: [cashier] };
      expect(outcome(await put(twin.uid, raised, headers))).toEqual(
        refusal(ADMIN_FIELDS, { roles: [INVALID] }),
      );
    });

    it('is asked before anything else, and only administrators are there to be edited', async () => {
      const customer = await makeMember(server, 'customer', { email: 'customer@example.com' });
      const seller = await makeMember(server, 'seller', { email: 'seller@example.com' });
      const unknown = '49297d80-e924-479a-8fcc-27e15f7a12e7';
      for (const id of [admin.uid, unknown, customer.uid, 'nonsense']) {
        for (const { headers } of [manager, customer, seller]) {
          expect(outcome(await put(id, { nonsense: 1 }, headers))).toEqual(FORBIDDEN);
        }
        expect(outcome(await server.api.send('PUT', `${DATA}/${id}`, {}))).toEqual(UNAUTHENTICATED);
      }
      for (const id of [unknown, customer.uid, seller.uid, 'nonsense']) {
        expect(outcome(await put(id, { email: 'free@example.com', isActive: 1 }))).toEqual(NOT_FOUND);
      }
      expect((await loginCheck(server, 'customer', customer.email, customer.password)).status).toBe(200);
    });

    it('holds for the configured key, which stands above everybody', async () => {
      const { uid, email } = await hire(server, superuser, {
        roles: [await roleIdOf(server, admin, 'Super admin')],
      });
      const answer = await put(uid, { email, firstName: 'Ada', isActive: 1 }, keyHeader(MASTER));
      expect(outcome(answer)).toEqual(done(uid));
    });
  });
});

describe('PUT /api/admin/data/{id} with AUTH_CONFIRM_EMAIL_ENABLE', () => {
  let server: TestGatehouse;

  beforeAll(async () => {
    server = await startTestGatehouse({ AUTH_CONFIRM_EMAIL_ENABLE: 'true' });
  });
  afterAll(() => server.stop());

  it('changes the address once the new one is confirmed; then the old one is told', async () => {
    const admin = await makeAdmin(server, 'admin');
    const target = await makeAdmin(server, 'manager', { name: 'target' });
    const address = 'moved@staff.example';
    const change = { admin: { email: address, firstName: 'Ada', isActive: 1 } };
    const answer = await server.api.send('PUT', `${DATA}/${target.uid}`, change, admin.headers);
    expect(outcome(answer)).toEqual({ status: 200, body: { adminId: target.uid } });
    const own = () => server.api.get(DATA, target.headers);
    const expected = (email: string) =>
      adminBody(target.uid, email, { username: 'target', firstName: 'Ada' });
    expect((await own()).body).toEqual(expected(target.email));
    expect(await mailsWrittenTo(server, target.email)).toEqual([]);
    const { links } = await server.mailbox.waitFor(address);
    expect((await server.api.post(links[0]!.slice(PUBLIC_URL.length))).status).toBe(200);
    expect((await own()).body).toEqual(expected(address));
    expect(await mailsWrittenTo(server, target.email)).toEqual(['email-changed']);
  });
});
